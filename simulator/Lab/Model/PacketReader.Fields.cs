using System.IO;
using System.Text;

namespace EdgeBroker.Simulator.Lab.Model;

// The specification's types of data (section 1.5).
public sealed partial class PacketReader
{
    private static readonly UTF8Encoding _utf8 = new(false, true);

    private long Number(int size)
    {
        Require(_at + size <= _body.Length, "the packet is too short");
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
                Require(part > 0 || shift == 0, "Variable Byte Integer [MQTT-1.5.5-1]");
                return number;
            }
        }
    }

    private byte[] Binary()
    {
        int length = (int)Number(2);
        Require(_at + length <= _body.Length, "the packet is too short");
        _at += length;
        return _body[(_at - length).._at];
    }

    private string Text()
    {
        try
        {
            string text = _utf8.GetString(Binary());
            Require(!text.Contains('\0'), "text has U+0000 [MQTT-1.5.4-2]");
            return text;
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("text is not UTF-8", e);
        }
    }

    private byte[] Rest()
    {
        byte[] rest = _body[_at..];
        _at = _body.Length;
        return rest;
    }
}
