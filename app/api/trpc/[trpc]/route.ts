import { handleTRPC } from "@/server/api/http/trpc-http";

/** Next gives a second argument, which is none of ours. */
const answer = (request: Request): Promise<Response> => handleTRPC(request);

export { answer as GET, answer as POST };
