/** A person, or the built-in operator that the command line acts for. */
export interface AccountRecord {
	readonly id: string;
	readonly name: string;
	/** An instance operator may do everything in every workspace. */
	readonly operator: boolean;
	readonly createdAt: number;
}

/** The account that exists from the first start on. */
export const builtInOperatorId = "acc_operator";
