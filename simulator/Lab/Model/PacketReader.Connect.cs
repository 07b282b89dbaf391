namespace EdgeBroker.Simulator.Lab.Model;

// CONNECT and CONNACK.
public sealed partial class PacketReader
{
    private Packet ReadConnect()
    {
        int[] codes = [0x84, 0x81, 0x82];
        string name = Text();
        Require(name == "MQTT" && _violations.Count == 0, "the protocol name [MQTT-3.1.2-1]",
            codes);
        Version = (int)Number(1);
        Require(Version is 4 or 5, "the protocol version [MQTT-3.1.2-2]", codes);
        int flags = (int)Number(1);
        bool hasWill = (flags & 4) != 0;
        Note((flags & 1) == 0, "reserved Connect Flag [MQTT-3.1.2-3]", 0x81);
        Note(hasWill || (flags & 0x38) == 0, "Will flags without a Will "
            + "[MQTT-3.1.2-11] [MQTT-3.1.2-13]", 0x81, 0x82);
        Note((flags & 0x18) < 0x18, "Will QoS 3 [MQTT-3.1.2-12]", 0x81);
        Note(Version == 5 || (flags & 0xC0) != 0x40,
            "password without user name (3.1.1) [MQTT-3.1.2-22]", 0x81, 0x82);
        var packet = new Packet(PacketKind.Connect)
        {
            CleanStart = (flags & 2) != 0,
            KeepAliveS = (int)Number(2),
            Properties = ReadProperties(PacketKind.Connect),
            ClientId = Text(),
        };
        Note(!JudgesNames || Version == 5 || packet.CleanStart || packet.ClientId.Length > 0,
            "no Client Identifier and no Clean Session (3.1.1) [MQTT-3.1.3-8]", 0x85);
        return packet with
        {
            Will = hasWill ? ReadWill(flags) : null,
            UserName = (flags & 0x80) != 0 ? Text() : null,
            Password = (flags & 0x40) != 0 ? Binary() : null,
        };
    }

    private Packet ReadWill(int flags)
    {
        var will = new Packet(PacketKind.Publish)
        {
            Version = Version,
            Qos = (flags >> 3) & 3,
            Retain = (flags & 0x20) != 0,
            Properties = ReadProperties(PacketRules.Will),
            Topic = Text(),
            Payload = Binary(),
        };
        Note(!JudgesNames || TopicRules.IsName(will.Topic),
            "no Topic Name [MQTT-3.3.2-2]", 0x81, 0x82, 0x90);
        return will;
    }

    private Packet ReadConnack()
    {
        int flags = (int)Number(1);
        int code = (int)Number(1);
        Note(flags < 2, "reserved flags [MQTT-3.2.2-1]", 0x81);
        Note(PacketRules.MayHold(PacketKind.Connack, Version, code),
            "a Reason Code of another packet [MQTT-3.2.2-8]", 0x81, 0x82);
        Note(code == 0 || (flags & 1) == 0,
            "Session Present in a refusal [MQTT-3.2.2-6]", 0x81, 0x82);
        return new Packet(PacketKind.Connack)
        {
            SessionPresent = (flags & 1) != 0,
            Code = code,
            Properties = ReadProperties(PacketKind.Connack),
        };
    }
}
