import { handleSignIn } from "@/server/auth";

export { handleSignIn as GET, handleSignIn as POST };
