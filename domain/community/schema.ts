import { z } from "zod";
import { MAX_MINUTES } from "../kernel/hours";

export const rulesShape = {
  granularity: z.union([z.literal(5), z.literal(10), z.literal(15), z.literal(30), z.literal(60)]),
  floor: z.int().min(-MAX_MINUTES).max(0),
  newcomerFloor: z.int().min(-MAX_MINUTES).max(0),
  softFloor: z.int().min(-MAX_MINUTES).max(0),
  softCeiling: z.int().min(0).max(MAX_MINUTES),
  welcomeCredit: z.int().min(0).max(6000),
  confirmationDays: z.int().min(1).max(60),
  balancesVisible: z.boolean(),
};
