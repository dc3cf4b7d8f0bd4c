/** A room before joining: whether it is there, who is inside, and asking for a token. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "@/api/client";
import type { JoinAnswer, JoinRequest, RoomView } from "@/api/rooms";
import type { Admission } from "@/app/admission";
import { Door } from "@/features/join/door";
import { keepName, keepSeat, keptSeat } from "@/features/join/kept";
import { forgetHostSecret, hostSecretOf } from "@/lib/host-secrets";
import type { Timers } from "@/lib/timers";

const LOOK_AGAIN_MS = 10_000;

export type RoomState =
  | { status: "loading" }
  | { status: "ready"; room: RoomView }
  | { status: "unknown" }
  | { status: "ended"; title: string }
  /** Trying again by itself every ten seconds. */
  | { status: "failed"; error: ApiError };

/** What somebody shows at the door beside their name. */
export type Proof = Pick<JoinRequest, "password" | "access_token">;

export interface JoinPorts {
  look: (code: string) => Promise<RoomView>;
  join: (code: string, request: JoinRequest) => Promise<JoinAnswer>;
  timers: Timers;
}

/** One visit to the page before a meeting. */
export class Join {
  readonly code: string;
  readonly door: Door;
  private readonly ports: JoinPorts;
  private readonly currentRoom = signal<RoomState>({ status: "loading" });
  private readonly currentBusy = signal(false);
  private readonly currentRefusal = signal<ApiError | undefined>(undefined);
  private readonly currentLock = signal(false);
  private cancelLook = (): void => undefined;
  private isOver = false;

  constructor(code: string, ports: JoinPorts) {
    this.code = code;
    this.ports = ports;
    this.door = new Door((request) => ports.join(code, request), ports.timers);
  }

  /** Whether the room turned out to have a password. */
  get hasPassword(): ReadonlySignal<boolean> {
    return this.currentLock;
  }

  get room(): ReadonlySignal<RoomState> {
    return this.currentRoom;
  }

  get isJoining(): ReadonlySignal<boolean> {
    return this.currentBusy;
  }

  /** Why the last attempt to join was refused. */
  get refusal(): ReadonlySignal<ApiError | undefined> {
    return this.currentRefusal;
  }

  get isHost(): boolean {
    return hostSecretOf(this.code) !== undefined;
  }

  /** Look at the room now, and again every ten seconds while it can be joined or may come back. */
  async look(): Promise<void> {
    this.cancelLook();
    try {
      this.currentRoom.value = seen(await this.ports.look(this.code));
    } catch (error) {
      this.missed(asApiError(error));
    }
    const { status } = this.currentRoom.value;
    if (!this.isOver && (status === "ready" || status === "failed")) {
      this.cancelLook = this.ports.timers.after(LOOK_AGAIN_MS, () => void this.look());
    }
  }

  /** Ask for a token; resolves with undefined when refused, and `refusal` or `room` says why, or when given up. */
  async join(name: string, proof: Proof = {}): Promise<Admission | undefined> {
    if (this.currentBusy.value) {
      return undefined;
    }
    this.currentBusy.value = true;
    this.currentRefusal.value = undefined;
    try {
      return await this.admit(name.trim(), proof).catch((error) =>
        this.admitAsGuest(name.trim(), proof, error),
      );
    } catch (error) {
      this.refuse(asApiError(error));
      return undefined;
    } finally {
      this.currentBusy.value = false;
    }
  }

  /** Stop looking. */
  end(): void {
    this.isOver = true;
    this.cancelLook();
    this.door.giveUp();
  }

  private async admit(name: string, proof: Proof): Promise<Admission | undefined> {
    const hostSecret = hostSecretOf(this.code);
    const seat = keptSeat(this.code);
    const request = {
      name,
      ...(seat === undefined ? {} : { seat }),
      ...(hostSecret === undefined ? {} : { host_secret: hostSecret }),
      ...proof,
    };
    const joined = await this.door.enter(request, (place) => keepSeat(this.code, place));
    if (joined === undefined) {
      return undefined;
    }
    keepName(name);
    keepSeat(this.code, joined.seat);
    const room = this.currentRoom.value;
    return {
      code: this.code,
      title: room.status === "ready" ? room.room.title : this.code,
      url: joined.url,
      token: joined.token,
      identity: joined.identity,
      seat: joined.seat,
      name,
      role: joined.role,
    };
  }

  /** A secret that the server does not know (any more) keeps nobody out: they come as a guest. */
  private admitAsGuest(name: string, proof: Proof, error: unknown): Promise<Admission | undefined> {
    if (!(error instanceof ApiError) || error.code !== "host_secret_wrong") {
      throw error;
    }
    forgetHostSecret(this.code);
    return this.admit(name, proof);
  }

  private refuse(error: ApiError): void {
    if (error.status === 404 || error.status === 410) {
      this.missed(error);
      return;
    }
    this.currentLock.value ||= error.code.startsWith("room_password_");
    this.currentRefusal.value = error;
  }

  private missed(error: ApiError): void {
    const before = this.currentRoom.value;
    if (error.status === 404 || error.status === 422) {
      this.currentRoom.value = { status: "unknown" };
    } else if (error.status === 410) {
      this.currentRoom.value = { status: "ended", title: titleOf(before) };
    } else if (before.status !== "ready") {
      // A room that is already on the screen stays there; joining will say what is wrong.
      this.currentRoom.value = { status: "failed", error };
    }
  }
}

function seen(found: RoomView): RoomState {
  return found.ended ? { status: "ended", title: found.title } : { status: "ready", room: found };
}

function titleOf(state: RoomState): string {
  return state.status === "ready" ? state.room.title : "";
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) {
    return error;
  }
  throw error;
}
