/** A failure that the person at the terminal can mend: shown as its sentence, without a stack. */
export class UserFacingError extends Error {}
