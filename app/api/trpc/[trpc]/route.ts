import { handleTRPC } from "@/server/http";

export { handleTRPC as GET, handleTRPC as POST };
