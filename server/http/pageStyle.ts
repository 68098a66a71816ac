/** The style of Placelock's own pages. */
export const pageStyle = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem; }
h1 { line-height: 1.2; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.25rem; }
h2 a { text-decoration: none; }
section { scroll-margin-top: 1rem; }
section:target h2 { background: light-dark(#fff3bf, #5c4a00); }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 1rem 0.2rem 0; }
td a { display: inline-block; margin-right: 0.6rem; }
dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: 0.15rem 1rem; margin: 0; }
dt { opacity: 0.75; }
dd { margin: 0; }
`;
