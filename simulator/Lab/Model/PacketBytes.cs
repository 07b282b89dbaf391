#nullable enable
using System;
using System.Collections.Generic;
using System.Text;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>
/// Writes packets, plainly and without the broker's own codec: what tests a codec must not share
/// its mistakes.
/// </summary>
public static class PacketBytes
{
    /// <summary>The bytes of a packet.</summary>
    public static byte[] Of(Packet packet)
    {
        var body = new List<byte>();
        bool isV5 = packet.Version == 5;
        int flags = 0;
        switch (packet.Kind)
        {
            case PacketKind.Connect:
                AddConnect(body, packet);
                break;
            case PacketKind.Connack:
                body.Add((byte)(packet.SessionPresent ? 1 : 0));
                body.Add((byte)packet.Code);
                AddProperties(body, packet);
                break;
            case PacketKind.Publish:
                flags = (packet.Dup ? 8 : 0) | (packet.Qos << 1) | (packet.Retain ? 1 : 0);
                AddText(body, packet.Topic);
                if (packet.Qos > 0)
                {
                    AddNumber(body, packet.PacketId, 2);
                }

                AddProperties(body, packet);
                body.AddRange(packet.Payload);
                break;
            case PacketKind.Subscribe or PacketKind.Unsubscribe:
                flags = 2;
                AddNumber(body, packet.PacketId, 2);
                AddProperties(body, packet);
                foreach ((string filter, int options) in packet.Filters)
                {
                    AddText(body, filter);
                    if (packet.Kind == PacketKind.Subscribe)
                    {
                        body.Add((byte)options);
                    }
                }

                break;
            case PacketKind.Suback or PacketKind.Unsuback:
                AddNumber(body, packet.PacketId, 2);
                AddProperties(body, packet);
                for (int i = 0; i < packet.Codes.Count && (isV5 || IsSuback(packet)); i++)
                {
                    body.Add((byte)packet.Codes[i]);
                }

                break;
            case PacketKind.Pingreq or PacketKind.Pingresp:
                break;
            case PacketKind.Disconnect or PacketKind.Auth:
                AddCode(body, packet);
                break;
            default:
                flags = packet.Kind == PacketKind.Pubrel ? 2 : 0;
                AddNumber(body, packet.PacketId, 2);
                AddCode(body, packet);
                break;
        }

        var bytes = new List<byte> { (byte)(((int)packet.Kind << 4) | flags) };
        AddVariable(bytes, body.Count);
        bytes.AddRange(body);
        return [.. bytes];
    }

    private static bool IsSuback(Packet packet) => packet.Kind == PacketKind.Suback;

    private static void AddConnect(List<byte> body, Packet packet)
    {
        Packet? will = packet.Will;
        AddText(body, "MQTT");
        body.Add((byte)packet.Version);
        body.Add((byte)((packet.CleanStart ? 2 : 0)
            | (will == null ? 0 : 4 | (will.Qos << 3) | (will.Retain ? 0x20 : 0))
            | (packet.Password == null ? 0 : 0x40)
            | (packet.UserName == null ? 0 : 0x80)));
        AddNumber(body, packet.KeepAliveS, 2);
        AddProperties(body, packet);
        AddText(body, packet.ClientId);
        if (will != null)
        {
            AddProperties(body, will with { Version = packet.Version });
            AddText(body, will.Topic);
            AddBinary(body, will.Payload);
        }

        if (packet.UserName != null)
        {
            AddText(body, packet.UserName);
        }

        if (packet.Password != null)
        {
            AddBinary(body, packet.Password);
        }
    }

    // What is Success without properties is left out, as the specification allows.
    private static void AddCode(List<byte> body, Packet packet)
    {
        if (packet.Version == 5 && (packet.Code != 0 || packet.Properties.Count > 0))
        {
            body.Add((byte)packet.Code);
            if (packet.Properties.Count > 0)
            {
                AddProperties(body, packet);
            }
        }
    }

    private static void AddProperties(List<byte> body, Packet packet)
    {
        if (packet.Version != 5)
        {
            return;
        }

        var section = new List<byte>();
        foreach (Property property in packet.Properties)
        {
            section.Add((byte)property.Id);
            switch (property.Value)
            {
                case string text:
                    AddText(section, text);
                    break;
                case byte[] bytes:
                    AddBinary(section, bytes);
                    break;
                case (string name, string text):
                    AddText(section, name);
                    AddText(section, text);
                    break;
                case long number when Property.SizeOf(property.Id) == 0:
                    AddVariable(section, (int)number);
                    break;
                case long number:
                    AddNumber(section, number, Property.SizeOf(property.Id));
                    break;
                default:
                    throw new ArgumentException($"{property.Id} has a value of no known kind");
            }
        }

        AddVariable(body, section.Count);
        body.AddRange(section);
    }

    private static void AddText(List<byte> body, string text) =>
        AddBinary(body, Encoding.UTF8.GetBytes(text));

    private static void AddBinary(List<byte> body, byte[] bytes)
    {
        AddNumber(body, bytes.Length, 2);
        body.AddRange(bytes);
    }

    private static void AddNumber(List<byte> body, long number, int size)
    {
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        {
            body.Add((byte)(number >> shift));
        }
    }

    private static void AddVariable(List<byte> body, int number)
    {
        do
        {
            int rest = number >> 7;
            body.Add((byte)((number & 0x7F) | (rest > 0 ? 0x80 : 0)));
            number = rest;
        }
        while (number > 0);
    }
}
