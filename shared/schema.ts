/**
 * Shapes: how the contract describes values.
 *
 * A shape is plain data that both sides read: the server turns it into zod
 * validators, the SDK into `@rbxts/t` checks. Two properties of Luau limit what
 * a shape can express:
 *
 * - An empty table is both a list and an object, and Roblox encodes it as `[]`.
 *   So both sides accept `[]` as an object and `{}` as a list.
 * - JSON null decodes to nil, which equals an omitted field. So a null field
 *   counts as absent; only `clearable` gives null a meaning.
 *
 * The length of a text is counted in Unicode code points: UTF-16 units and bytes
 * would make the two sides disagree.
 */

/** Documentation that any shape can have. */
export interface Notes {
	readonly description?: string;
	readonly example?: unknown;
}

export interface TextRules extends Notes {
	/** In code points, default 0. */
	readonly minLength?: number;
	/** In code points. */
	readonly maxLength: number;
}

export interface TextShape extends TextRules {
	readonly type: "text";
}

export interface IntegerRules extends Notes {
	readonly minimum: number;
	/** At most 2^53 - 1: Luau numbers are doubles. */
	readonly maximum: number;
}

export interface IntegerShape extends IntegerRules {
	readonly type: "integer";
}

/** A number with or without a fraction: a double on both sides. */
export interface NumberShape extends Notes {
	readonly type: "number";
	readonly minimum: number;
	readonly maximum: number;
}

export interface BooleanShape extends Notes {
	readonly type: "boolean";
}

/** Exactly this value. */
export interface LiteralShape<V extends string | boolean = string | boolean> extends Notes {
	readonly type: "literal";
	readonly value: V;
}

/**
 * One of these texts. An `open` choice accepts any text: responses use it, so
 * that a value added later does not break a released SDK.
 */
export interface ChoiceShape<V extends string = string> extends Notes {
	readonly type: "choice";
	readonly values: readonly V[];
	readonly open: boolean;
}

/**
 * A Roblox id: a whole number from 1 to 2^63 - 1. Accepted as a digit string
 * without leading zeros or as a number up to 2^53 - 1; returned as a string.
 */
export interface RobloxIdShape extends Notes {
	readonly type: "robloxId";
}

/**
 * A moment in RFC 3339, with `Z` or an offset, and up to nine digits of a
 * fraction: `2026-03-01T12:00:00Z`, `2026-03-01T14:00:00+02:00`. Its year in UTC
 * has four digits. Responses are in UTC, with a `Z`.
 */
export interface TimestampShape extends Notes {
	readonly type: "timestamp";
}

/** `resource.action` in lower case, digits and hyphens, or `*`; at most 64 characters. */
export interface ScopeShape extends Notes {
	readonly type: "scope";
}

export interface ListRules extends Notes {
	readonly minItems?: number;
	readonly maxItems: number;
}

export interface ListShape<S extends Shape = Shape> extends ListRules {
	readonly type: "list";
	readonly of: S;
}

/** Any JSON value but null: data that is passed on without being read. */
export interface JsonShape extends Notes {
	readonly type: "json";
}

/** Named fields. The endpoint decides whether unknown fields are ignored or rejected. */
export interface ObjectShape<F extends Fields = Fields> extends Notes {
	readonly type: "object";
	readonly fields: F;
}

/** One of several object shapes, distinguished by a literal field. */
export interface AnyOfShape<S extends Shape = Shape> extends Notes {
	readonly type: "anyOf";
	readonly shapes: readonly S[];
}

/** A field that can be omitted. */
export interface OptionalShape<S extends Shape = Shape> {
	readonly type: "optional";
	readonly of: S;
}

/** A field of a change that can be omitted (does not change) or null (is cleared). */
export interface ClearableShape<S extends Shape = Shape> {
	readonly type: "clearable";
	readonly of: S;
}

export type Shape =
	| TextShape
	| IntegerShape
	| NumberShape
	| BooleanShape
	| LiteralShape
	| ChoiceShape
	| RobloxIdShape
	| TimestampShape
	| ScopeShape
	| JsonShape
	| ListShapeOfAny
	| ObjectShapeOfAny
	| AnyOfShapeOfAny
	| OptionalShapeOfAny
	| ClearableShapeOfAny;

// Interfaces, not aliases, so that the recursive type above resolves.
interface ListShapeOfAny extends ListShape<Shape> {}
interface ObjectShapeOfAny extends ObjectShape<Fields> {}
interface AnyOfShapeOfAny extends AnyOfShape<Shape> {}
interface OptionalShapeOfAny extends OptionalShape<Shape> {}
interface ClearableShapeOfAny extends ClearableShape<Shape> {}

export interface Fields {
	readonly [name: string]: Shape;
}

export function text(rules: TextRules): TextShape {
	return { type: "text", ...rules };
}

export function integer(rules: IntegerRules): IntegerShape {
	return { type: "integer", ...rules };
}

export function number(rules: Omit<NumberShape, "type">): NumberShape {
	return { type: "number", ...rules };
}

export function boolean(notes: Notes = {}): BooleanShape {
	return { type: "boolean", ...notes };
}

export function literal<const V extends string | boolean>(value: V, notes: Notes = {}): LiteralShape<V> {
	return { type: "literal", value, ...notes };
}

export function choice<const V extends string>(values: readonly V[], notes: Notes = {}): ChoiceShape<V> {
	return { type: "choice", values, open: false, ...notes };
}

export function openChoice<const V extends string>(values: readonly V[], notes: Notes = {}): ChoiceShape<V> {
	return { type: "choice", values, open: true, ...notes };
}

export function robloxId(notes: Notes = {}): RobloxIdShape {
	return { type: "robloxId", ...notes };
}

export function timestamp(notes: Notes = {}): TimestampShape {
	return { type: "timestamp", ...notes };
}

export function scope(notes: Notes = {}): ScopeShape {
	return { type: "scope", ...notes };
}

export function json(notes: Notes = {}): JsonShape {
	return { type: "json", ...notes };
}

export function list<S extends Shape>(of: S, rules: ListRules): ListShape<S> {
	return { type: "list", of, ...rules };
}

export function object<F extends Fields>(fields: F, notes: Notes = {}): ObjectShape<F> {
	return { type: "object", fields, ...notes };
}

export function anyOf<S extends Shape>(shapes: readonly S[], notes: Notes = {}): AnyOfShape<S> {
	return { type: "anyOf", shapes, ...notes };
}

export function optional<S extends Shape>(of: S): OptionalShape<S> {
	return { type: "optional", of };
}

export function clearable<S extends Shape>(of: S): ClearableShape<S> {
	return { type: "clearable", of };
}

type OptionalNames<F> = {
	[K in keyof F]: F[K] extends OptionalShape | ClearableShape ? K : never;
}[keyof F];

type Flat<T> = { [K in keyof T]: T[K] };

/**
 * The TypeScript type of a shape. `Id` is the type of Roblox IDs: `string` once
 * read or in responses, `string | number` in what a caller sends.
 */
type TypeOf<S, Id> = S extends TextShape | TimestampShape | ScopeShape
	? string
	: S extends IntegerShape | NumberShape
		? number
		: S extends BooleanShape
			? boolean
			: S extends LiteralShape<infer V>
				? V
				: S extends ChoiceShape<infer V>
					? V
					: S extends RobloxIdShape
						? Id
						: S extends JsonShape
							? unknown
							: S extends ListShape<infer O>
								? ReadonlyArray<TypeOf<O, Id>>
								: S extends ObjectShape<infer F>
									? Flat<
											{ readonly [K in Exclude<keyof F, OptionalNames<F>>]: TypeOf<F[K], Id> } & {
												readonly [K in OptionalNames<F>]?: TypeOf<F[K], Id>;
											}
										>
									: S extends AnyOfShape<infer O>
										? TypeOf<O, Id>
										: S extends OptionalShape<infer O>
											? TypeOf<O, Id> | undefined
											: S extends ClearableShape<infer O>
												? TypeOf<O, Id> | null | undefined
												: never;

/** A value of this shape once it has been read, or in a response. */
export type Infer<S> = TypeOf<S, string>;

/** What a caller can send for this shape. */
export type Sendable<S> = TypeOf<S, string | number>;
