/** The tools of a host for tests: they note what they were asked, and refuse when told to. */
import type { ApiError } from "./client";
import type { Moderation, ParticipantChange, Reaction, RoomSettings, Waiting } from "./moderation";

export class FakeModeration implements Moderation {
  readonly asked: string[] = [];
  refusal: ApiError | undefined;
  waiting: Waiting[] = [];
  banned: Waiting[] = [];
  settings: RoomSettings = {
    locked: false,
    waiting_room: false,
    who_may_unmute: "everybody",
    who_may_use_camera: "everybody",
    who_may_share: "everybody",
    who_may_chat: "everybody",
    who_may_send_files: "everybody",
    who_may_react: "everybody",
    who_may_rename: "everybody",
  };

  readonly listWaiting = async () => {
    await this.note("list");
    return this.waiting;
  };
  readonly admit = (identity: string) => this.note(`admit ${identity}`);
  readonly admitAll = () => this.note("admit all");
  readonly deny = (identity: string) => this.note(`deny ${identity}`);
  readonly mute = (identity: string) => this.note(`mute ${identity}`);
  readonly muteAll = () => this.note("mute all");
  readonly raiseHand = (identity: string, isUp: boolean) =>
    this.note(`${isUp ? "raise" : "lower"} ${identity}`);
  readonly react = (reaction: Reaction) => this.note(`react ${reaction}`);
  readonly rename = (identity: string, name: string) => this.note(`rename ${identity} ${name}`);
  readonly pin = (identity: string, isPinned: boolean) =>
    this.note(`${isPinned ? "pin" : "unpin"} ${identity}`);
  readonly change = (identity: string, { role }: ParticipantChange) =>
    this.note(`change ${identity} ${role}`);
  readonly handOver = (identity: string) => this.note(`hand over ${identity}`);
  readonly remove = (identity: string) => this.note(`remove ${identity}`);
  readonly ban = (identity: string) => this.note(`ban ${identity}`);
  readonly listBanned = async () => this.banned;
  readonly unban = async (identity: string) => {
    await this.note(`unban ${identity}`);
    this.banned = this.banned.filter((other) => other.identity !== identity);
  };
  readonly end = () => this.note("end");
  password: string | null = null;
  readonly hasPassword = async () => this.password !== null;
  readonly choosePassword = async (password: string | null) => {
    await this.note(`password ${password}`);
    this.password = password;
  };
  readonly getSettings = async () => this.settings;
  readonly replaceSettings = async (settings: RoomSettings) => {
    await this.note("settings");
    this.settings = settings;
    return settings;
  };

  private async note(asked: string): Promise<void> {
    this.asked.push(asked);
    if (this.refusal !== undefined) {
      throw this.refusal;
    }
  }
}
