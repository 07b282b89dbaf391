using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace EdgeBroker.Simulator.Lab.Model;

// The data types of section 1.5, and properties.
public sealed partial class PacketReader
{
    private List<Property> ReadProperties(PacketKind kind)
    {
        var properties = new List<Property>();
        if (Version != 5)
        {
            return properties;
        }

        int length = Variable();
        int end = _at + length;
        Require(end <= _body.Length, "Property Length");
        while (_at < end)
        {
            int id = Variable();
            Require(Property.Exists(id), "a property that does not exist (section 2.2.2.2)");
            _violations.AddRange(PacketRules.JudgeId(kind, properties, id));
            var property = new Property(id, id switch
            {
                Property.UserProperty => (Text(), Text()),
                _ when Property.IsBinary(id) => Binary(),
                _ when Property.IsText(id) => Text(),
                Property.SubscriptionIdentifier => (long)Variable(),
                _ => Number(Property.SizeOf(id)),
            });
            properties.Add(property);
            _violations.AddRange(PacketRules.JudgeValue(kind, property, IsToServer));
        }

        Require(_at == end, "Property Length");
        Note(!PacketRules.LacksMethod(properties),
            "Authentication Data without a method (section 3.1.2.11.10)", 0x82);
        return properties;
    }

    private long Number(int size)
    {
        Require(_at + size <= _body.Length, "the packet is cut short");
        long number = 0;
        for (int i = 0; i < size; i++)
        {
            number = (number << 8) | _body[_at++];
        }

        return number;
    }

    private int Variable()
    {
        int number = 0;
        for (int shift = 0; ; shift += 7)
        {
            Require(shift < 28, "Variable Byte Integer");
            int part = (int)Number(1);
            number |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                Note(part > 0 || shift == 0, "not the shortest form [MQTT-1.5.5-1]", 0x81);
                return number;
            }
        }
    }

    private byte[] Binary()
    {
        int length = (int)Number(2);
        Require(_at + length <= _body.Length, "the packet is cut short");
        _at += length;
        return _body[(_at - length).._at];
    }

    private string Text()
    {
        byte[] bytes = Binary();
        try
        {
            string text = _utf8.GetString(bytes);
            Note(!text.Contains('\0'), "U+0000 [MQTT-1.5.4-2]", 0x81);
            return text;
        }
        catch (DecoderFallbackException)
        {
            Note(false, "text that is not UTF-8 [MQTT-1.5.4-1]", 0x81);
            return _utf8.GetString(Array.ConvertAll(bytes, b => b < 0x80 ? b : (byte)'?'));
        }
    }

    private byte[] Rest()
    {
        byte[] rest = _body[_at..];
        _at = _body.Length;
        return rest;
    }

    private int ReadId()
    {
        int id = (int)Number(2);
        Note(id > 0, "Packet Identifier 0 [MQTT-2.2.1-3]", 0x81, 0x82);
        return id;
    }

    /// <summary>What is wrong here leaves the rest readable.</summary>
    private void Note(bool holds, string what, params int[] codes)
    {
        if (!holds)
        {
            _violations.Add(new Violation(what, codes));
        }
    }

    /// <summary>What is wrong here hides where the next field begins.</summary>
    private void Require(bool holds, string what, params int[] codes)
    {
        if (!holds)
        {
            Note(false, what, codes.Length > 0 ? codes : [0x81]);
            throw Refusal();
        }
    }

    private InvalidDataException Refusal() =>
        new(string.Join("; ", _violations.Select(v => v.What)));
}
