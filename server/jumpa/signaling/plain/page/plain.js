// A whole client in one peer connection and one socket. Open it as /examples/plain.html?room=abc-defg-hjk&name=Ann
const { room: roomId, name = "Plain" } = Object.fromEntries(new URLSearchParams(location.search));
const find = (selector) => document.querySelector(selector);
const peer = new RTCPeerConnection();
const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
for (const track of stream.getTracks()) peer.addTrack(track, stream);
const body = new Blob([JSON.stringify({ name })], { type: "application/json" });
const place = await fetch(`/api/v1/rooms/${roomId}/join`, { method: "POST", body });
const { identity: userId, ticket: token } = await place.json();
const socket = new WebSocket(`/ws?${new URLSearchParams({ roomId, userId, token })}`);
const say = (type, more) => socket.send(JSON.stringify({ type, ...more }));
peer.onicecandidate = ({ candidate }) => say("ice-candidate", { candidate });
let [isOffering, mustOffer] = [false, false];
async function offer() {
  mustOffer = isOffering;
  if (isOffering) return;
  isOffering = true;
  await peer.setLocalDescription();
  say("offer", { sdp: peer.localDescription.sdp });
}
function show(tracks) {
  for (const { mid, receiver } of peer.getTransceivers()) {
    const shown = find(`#people [data-mid="${mid}"]`);
    if (shown?.dataset.track === tracks[mid]?.trackId) continue;
    shown?.remove();
    if (!tracks[mid]) continue;
    const element = document.createElement(receiver.track.kind);
    Object.assign(element, { srcObject: new MediaStream([receiver.track]), autoplay: true });
    Object.assign(element.dataset, { mid, track: tracks[mid].trackId, participant: tracks[mid].userId });
    find("#people").append(element);
  }
}
const hear = {
  join_room: offer,
  answer: async (message) => {
    await peer.setRemoteDescription(message);
    show(message.tracks);
    isOffering = false;
    if (mustOffer) await offer();
  },
  negotiate: async (wanted) => {
    for (const kind of ["audio", "video"])
      for (let i = 0; i < wanted[kind]; i++) peer.addTransceiver(kind, { direction: "recvonly" });
    await offer();
  },
  chat: ({ message }) => (find("#messages").appendChild(document.createElement("li")).textContent = message),
  leave_room: () => peer.close(),
};
socket.onopen = () => say("join_room");
socket.onmessage = ({ data }) => hear[JSON.parse(data).type]?.(JSON.parse(data));
find("form").onsubmit = () => say("chat", { message: find("input").value }) ?? false;
find("#mute").onclick = ({ target }) => say("mute", { muted: (target.ariaPressed = target.ariaPressed !== "true") });
find("#leave").onclick = () => say("leave_room");
