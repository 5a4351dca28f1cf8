import { workerScript } from "@/server/api/http/service-worker";

export const dynamic = "force-dynamic";

export const GET = workerScript;
