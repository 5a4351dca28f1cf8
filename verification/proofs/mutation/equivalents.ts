const THROUGH_THE_ACCOUNT =
  "a member's account is of the same community, and an account's community exists and stays";
const THROUGH_THE_MEMBER =
  "the member who invites is of the same community, which therefore exists and stays";
const THROUGH_THE_EDITOR =
  "the member who changed the notice is of the same community, which therefore exists and stays";
const THROUGH_THE_EVENT =
  "an exchange's transfer names an event of that exchange, which therefore exists and stays";

const ONLY_SLOWER = "what it leaves out changes nothing in such a text, it only takes longer";
const JOINED_LATER =
  "the decisions are compared with the accounts of their community later, and DISTINCT removes copies";
const NO_POINT_BETWEEN = "no point of the grid lies between the two limits";

/**
 * Mutants that behave like the original, each with the reason. The names omit line numbers, which shift
 * with every change above them. An entry whose mutant is caught, or that matches no mutant, fails the run.
 */
export const equivalents: Record<string, string> = {
  "reference member.member_community_id_fkey dropped": THROUGH_THE_ACCOUNT,
  "reference member.member_community_id_fkey made ON DELETE CASCADE": THROUGH_THE_ACCOUNT,
  "reference invitation.invitation_community_id_fkey dropped": THROUGH_THE_MEMBER,
  "reference invitation.invitation_community_id_fkey made ON DELETE CASCADE": THROUGH_THE_MEMBER,
  "reference privacy_notice.privacy_notice_community_id_fkey dropped": THROUGH_THE_EDITOR,
  "reference privacy_notice.privacy_notice_community_id_fkey made ON DELETE CASCADE":
    THROUGH_THE_EDITOR,
  "reference transfer.transfer_community_id_exchange_id_fkey dropped": THROUGH_THE_EVENT,
  "reference transfer.transfer_community_id_exchange_id_fkey made ON DELETE CASCADE":
    THROUGH_THE_EVENT,
  "constraint member.member_latitude: \">= '-900000'\" made \">= '-900000' - 1\"": NO_POINT_BETWEEN,
  'constraint member.member_latitude: "<= 900000" made "<= 900000 + 1"': NO_POINT_BETWEEN,
  "constraint neighbourhood.neighbourhood_latitude: \">= '-900000'\" made \">= '-900000' - 1\"":
    NO_POINT_BETWEEN,
  'constraint neighbourhood.neighbourhood_latitude: "<= 900000" made "<= 900000 + 1"':
    NO_POINT_BETWEEN,
  'constraint availability_override.availability_override_span_check: "(starts IS NULL)" taken for false':
    "without a beginning the rest is unknown, and what is unknown passes a constraint",
  'check_books: "a.community_id = d.community_id" taken for true': JOINED_LATER,
  'check_books: "a.id = d.member_id" taken for true': JOINED_LATER,
  "trigger member_push_words without its condition":
    "with the same name and neighbourhood it writes the words that are there",
  "normalize_text: IF octet_length(v_text) = length(v_text) never": ONLY_SLOWER,
  "normalize_text: IF translate(v_text, '0123456789', '') COLLATE \"und-x-icu\" ~ '\\d' always":
    ONLY_SLOWER,
  "normalize_text: IF v_text ~ ('[' || v_unspaced || ']') always": ONLY_SLOWER,
  "normalize_text: IF v_text ~ '[\\u0600-\\u06FF]' always": ONLY_SLOWER,
  "normalize_text: IF v_text ~ '[\\u1C90-\\u1CBF]' always": ONLY_SLOWER,
  "without_accents: IF v_text ~ '[\\u0900-\\u0D7F]' always": ONLY_SLOWER,
  "without_accents: IF v_text ~ '[\\u0E00-\\u17FF]' always": ONLY_SLOWER,
  "without_accents: IF v_text ~ '[\\u1200-\\u137F]' always": ONLY_SLOWER,
  "without_accents: IF v_text ~ '[\\u30A1-\\u30F6]' always": ONLY_SLOWER,
  "fold_compounds: IF array_to_string(v_words, ' ') ~ '[äöüøåđ]' always": ONLY_SLOWER,
  "listing_words: IF v_written[v_word] ~ '[äöüøåđ]' always":
    "without such a letter the word spelled out is the word itself, which is there already",
  "without_accents: IF octet_length(p_tidy) = length(p_tidy) never": ONLY_SLOWER,
  "trigram_letters: IF octet_length(p_folded) = length(p_folded) never": ONLY_SLOWER,
  "fold_compounds: IF v_text ~ '[\\u05D0-\\u05EA\\u0621-\\u064A]' always": ONLY_SLOWER,
  'words_query: "> 0" made "> 0 + 1"': "no tidy word begins with the sign that joins its parts",
  "post_transfer: greatest(p_minutes - v_held, 0) made p_minutes - v_held":
    "what is below zero is taken for nothing new by `IF v_new > 0` too",
};

/** The reason why a mutation is equivalent, if it is. */
export const equivalentOf = (name: string): string | undefined => equivalents[withoutLine(name)];

/** The name as used in the entries. */
export const withoutLine = (name: string): string => name.replace(/: line \d+: /, ": ");
