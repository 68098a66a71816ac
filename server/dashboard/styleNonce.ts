/** The page's nonce, without which the Content-Security-Policy blocks style elements. New on every load. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

// react-remove-scroll, which locks scrolling behind dialogs, reads it under this name.
Object.assign(globalThis, { __webpack_nonce__: styleNonce });
