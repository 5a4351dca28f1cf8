import * as z from "zod/mini";
import { line } from "../kernel/input";
import { MAX_LATITUDE, MAX_LONGITUDE } from "./distance";
import { MAX_NAME_LENGTH } from "./neighbourhood";

/** A point in ten-thousandths of a degree. */
export const point = z.strictObject({
  latitude: z.int().check(z.minimum(-MAX_LATITUDE), z.maximum(MAX_LATITUDE)),
  longitude: z.int().check(z.minimum(-MAX_LONGITUDE), z.maximum(MAX_LONGITUDE)),
});

export const neighbourhoodShape = {
  name: line(1, MAX_NAME_LENGTH),
  point,
};
