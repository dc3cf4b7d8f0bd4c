"""Methods of LiveKit's server API that are not offered, so that callers learn it in its words."""

ABSENT = {
    "livekit.RoomService": frozenset({"ForwardParticipant", "MoveParticipant"}),
    "livekit.Egress": frozenset(
        {
            "ListEgress",
            "StartEgress",
            "StartParticipantEgress",
            "StartRoomCompositeEgress",
            "StartTrackCompositeEgress",
            "StartTrackEgress",
            "StartWebEgress",
            "StopEgress",
            "UpdateEgress",
            "UpdateLayout",
            "UpdateStream",
        }
    ),
    "livekit.Ingress": frozenset(
        {"CreateIngress", "DeleteIngress", "ListIngress", "UpdateIngress"}
    ),
    "livekit.SIP": frozenset(
        {
            "CreateSIPDispatchRule",
            "CreateSIPInboundTrunk",
            "CreateSIPOutboundTrunk",
            "CreateSIPParticipant",
            "CreateSIPTrunk",
            "DeleteSIPDispatchRule",
            "DeleteSIPTrunk",
            "GetSIPInboundTrunk",
            "GetSIPOutboundTrunk",
            "ListSIPDispatchRule",
            "ListSIPInboundTrunk",
            "ListSIPOutboundTrunk",
            "ListSIPTrunk",
            "TransferSIPParticipant",
            "UpdateSIPDispatchRule",
            "UpdateSIPInboundTrunk",
            "UpdateSIPOutboundTrunk",
        }
    ),
    "livekit.Connector": frozenset(
        {
            "AcceptWhatsAppCall",
            "ConnectTwilioCall",
            "ConnectWhatsAppCall",
            "DialWhatsAppCall",
            "DisconnectWhatsAppCall",
        }
    ),
}
