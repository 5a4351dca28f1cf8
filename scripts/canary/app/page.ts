// Planted: a page that goes to the database past all doors. scripts/rooms.test.ts expects the report.
import { db } from "../server/db/client";

export const page = db;
