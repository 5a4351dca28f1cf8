import { Avatar } from "@/components/ui/avatar";
import { photoPath } from "@/domain/photo/photo";

/** A person: their photo, or their initials where they have none. */
export function MemberAvatar({
  of: { displayName, photoId },
  community,
  ...rest
}: {
  of: { displayName: string; photoId: string | null };
  /** The slug of the community. */
  community: string;
  size?: "small" | "medium" | "large";
  /** For the top of a page: it is loaded at once. */
  isFirst?: boolean;
}) {
  const src = photoId ? photoPath(community, photoId, "square") : undefined;
  return <Avatar name={displayName} src={src} {...rest} />;
}
