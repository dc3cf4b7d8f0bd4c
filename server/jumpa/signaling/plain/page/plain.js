// A whole client in two connections and one socket. Open it as /examples/plain.html?room=abc-defg-hjk&name=Ann
const asked = new URLSearchParams(location.search);
const find = (selector) => document.querySelector(selector);
const answer = await fetch(`/api/v1/rooms/${asked.get("room")}/join`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ name: asked.get("name") ?? "Plain" }),
});
const { identity: userId, ticket: token } = await answer.json();
const query = new URLSearchParams({ roomId: asked.get("room"), userId, token });
const socket = new WebSocket(`${location.origin.replace("http", "ws")}/ws?${query}`);
const say = (type, more) => socket.send(JSON.stringify({ type, ...more }));

const connections = { send: new RTCPeerConnection(), receive: new RTCPeerConnection() };
for (const [connection, peer] of Object.entries(connections)) {
  peer.onicecandidate = ({ candidate }) => say("ice-candidate", { connection, candidate });
}
connections.receive.ontrack = ({ track, streams }) => {
  const sid = streams[0].id.split("|")[0];
  const element = document.createElement(track.kind);
  Object.assign(element, { srcObject: new MediaStream([track]), autoplay: true, playsInline: true });
  element.dataset.participant = sid;
  streams[0].onremovetrack = () => element.remove();
  find("#people").append(element);
};

async function publish() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  for (const track of stream.getTracks()) connections.send.addTrack(track, stream);
  await connections.send.setLocalDescription();
  say("offer", { sdp: connections.send.localDescription.sdp });
}

const hear = {
  join_room: publish,
  answer: (message) => connections[message.connection].setRemoteDescription(message),
  offer: async (message) => {
    await connections.receive.setRemoteDescription(message);
    await connections.receive.setLocalDescription();
    say("answer", { id: message.id, sdp: connections.receive.localDescription.sdp });
  },
  chat: (message) => find("#messages").append(Object.assign(document.createElement("li"), { textContent: message.message })),
  leave_room: () => Object.values(connections).forEach((peer) => peer.close()),
};
socket.onopen = () => say("join_room");
socket.onmessage = ({ data }) => hear[JSON.parse(data).type]?.(JSON.parse(data));
find("form").onsubmit = (event) => {
  event.preventDefault();
  say("chat", { message: find("input").value });
};
find("#mute").onclick = ({ target }) => {
  target.ariaPressed = String(target.ariaPressed !== "true");
  say("mute", { muted: target.ariaPressed === "true" });
};
find("#leave").onclick = () => say("leave_room");
