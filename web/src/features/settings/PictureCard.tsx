/** The picture of the account. */

import { useMemo, useRef, useState } from "preact/hooks";
import { removeAvatar, replaceAvatar } from "@/api/account";
import type { Profile } from "@/api/account-session";
import { createAsking } from "@/api/asking";
import { usePicture } from "@/api/use-picture";
import { Card } from "@/features/settings/Card";
import { settingsText } from "@/features/settings/strings";
import { fullName } from "@/lib/person";
import { shrinkPicture } from "@/lib/picture";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";

/** More than the server keeps, so that it decides how sharp a picture is. */
const EDGE = 512;

/** The card. */
export function PictureCard({ profile }: { profile: Profile }) {
  const text = settingsText();
  const asking = useMemo(createAsking, []);
  const chooser = useRef<HTMLInputElement>(null);
  const picture = usePicture(profile.avatar);
  const [news, setNews] = useState<string>();
  const [isUnreadable, setUnreadable] = useState(false);
  const run = async (work: () => Promise<void>, said: string) => {
    setNews(undefined);
    setUnreadable(false);
    if (await asking.run(work)) {
      setNews(said);
    }
  };
  const upload = async (file: File) => {
    const small = await shrinkPicture(file, EDGE);
    if (small === undefined) {
      asking.clear();
      setUnreadable(true);
      return;
    }
    await run(() => replaceAvatar(small), text.pictureSaved);
  };
  return (
    <Card
      title={text.picture}
      line={text.pictureLine}
      news={news}
      error={isUnreadable ? text.unreadable : asking.error.value}
    >
      <div class="settings-picture">
        <Avatar name={fullName(profile)} identity={profile.id} size={72} picture={picture} />
        <input
          ref={chooser}
          type="file"
          hidden
          accept="image/png,image/jpeg,image/webp,image/gif"
          aria-label={text.choosePicture}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            // The same file can be chosen again after a failure.
            event.currentTarget.value = "";
            if (file !== undefined) {
              void upload(file);
            }
          }}
        />
        <Button
          busy={asking.isBusy.value && text.uploading}
          onClick={() => chooser.current?.click()}
        >
          {text.choosePicture}
        </Button>
        {profile.avatar && (
          <Button
            kind="plain"
            disabled={asking.isBusy.value}
            onClick={() => void run(removeAvatar, text.pictureRemoved)}
          >
            {text.removePicture}
          </Button>
        )}
      </div>
    </Card>
  );
}
