import * as z from "zod/mini";
import { MAX_MINUTES } from "../kernel/hours";
import { email, language, line, lines, password, region, timeZone } from "../kernel/input";
import { personName } from "../member/schema";

const amount = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max));

export const rulesShape = {
  granularity: z.union([z.literal(5), z.literal(10), z.literal(15), z.literal(30), z.literal(60)]),
  floor: amount(-MAX_MINUTES, 0),
  newcomerFloor: amount(-MAX_MINUTES, 0),
  softFloor: amount(-MAX_MINUTES, 0),
  softCeiling: amount(0, MAX_MINUTES),
  welcomeCredit: amount(0, 6000),
  confirmationDays: amount(1, 60),
  balancesVisible: z.boolean(),
};

export const newCommunityShape = { name: line(2, 80), language, timeZone, region };

/** The first community of an installation, and its first coordinator. */
export const setupShape = { ...newCommunityShape, yourName: personName, email, password };

/** A community's profile and rules. */
export const settingsShape = {
  ...newCommunityShape,
  about: lines(2000),
  joining: z.enum(["invitation", "open"]),
  ...rulesShape,
};

export const invitationShape = {
  label: line(0, 80),
  days: amount(1, 365),
  maxUses: amount(1, 1000),
};

/** The name that a new member uses here. */
export const joinShape = { name: line(0, 60) };
