import { defineConfig } from "prisma/config";

// `generate`, `validate` and `format` never run the native schema engine, yet the command line
// would download it. Naming any executable keeps it from trying.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: "prisma/schema" });
