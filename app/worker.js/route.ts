import { workerScript } from "@/server/worker";

export const dynamic = "force-dynamic";

export const GET = workerScript;
