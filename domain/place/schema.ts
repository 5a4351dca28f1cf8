import { z } from "zod";
import { line } from "../kernel/input";
import { MAX_LATITUDE, MAX_LONGITUDE } from "./distance";
import { MAX_NAME_LENGTH } from "./neighbourhood";

/** A point in ten-thousandths of a degree. */
export const point = z.strictObject({
  latitude: z.int().min(-MAX_LATITUDE).max(MAX_LATITUDE),
  longitude: z.int().min(-MAX_LONGITUDE).max(MAX_LONGITUDE),
});

export const neighbourhoodShape = {
  name: line(1, MAX_NAME_LENGTH),
  point,
};
