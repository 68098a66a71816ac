/** A person, or the built-in operator that the command line acts for. */
export interface AccountRecord {
	readonly id: string;
	/** Used to sign in; unique, ignoring case. */
	readonly name: string;
	/** An operator may do everything in every workspace. */
	readonly operator: boolean;
	/** Argon2id in PHC format. Absent: nobody can sign in with this account. */
	readonly passwordHash?: string;
	/** When the account was disabled, milliseconds since the Unix epoch. */
	readonly disabledAt?: number;
	readonly lastSignInAt?: number;
	readonly createdAt: number;
}

/** The account that exists from the first start on. */
export const builtInOperatorId = "acc_operator";
