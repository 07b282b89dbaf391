using System;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>Packets as a client sends them, and everything that can go wrong with them.</summary>
internal sealed class PacketMutator(Random random)
{
    private static readonly byte[][] _good311 = Parse(
        "c0 00", "30 [ `a/b` *20 ]", "31 [ `a/b` *30 ]", "31 [ `a/b` ]", "31 [ `c` *90 ]",
        "32 [ `a/b` 00 07 *5 ]", "30 [ `a/c/d` *200 ]", "30 [ `b/d` *2 ]", "31 [ `d/e` *150 ]",
        "82 [ 00 01 `a/+` 00 `#` 01 ]", "82 [ 00 02 `a/#` 02 `$SYS/#` 00 ]", "82 [ 00 03 `c` 00 ]",
        "82 [ 00 09 `+/b` 00 `/` 00 `a#` 00 `$share/g/a` 00 ]", "a2 [ 00 04 `a/+` `x` ]",
        "82 [ 00 0a `a/1/2/3` 00 `b/longer/levels` 00 ]", "31 [ `f/g/h/i` 'x' ]", "31 [ `g` 'x' ]",
        "a2 [ 00 05 `` `` `` ]", "40 [ 00 01 ]", "50 [ 00 01 ]", "62 [ 00 01 ]", "70 [ 00 01 ]",
        "c0 00 c0 00 c0 00 c0 00 c0 00 c0 00 c0 00 30 [ `b` *20 ] c0 00");

    private static readonly byte[][] _good5 = Parse(
        "c0 00", "30 [ `a/b` [ ] *20 ]", "31 [ `a/b` [ 02 00 00 00 01 ] *30 ]", "31 [ `a/b` [ ] ]",
        "30 [ `a/b` [ 26 `k` `v` 01 01 03 `t` 08 `r` 09 00 02 00 ff 26 `k` `w` ] *150 ]",
        "30 [ `b/d` [ 02 00 00 00 01 ] *2 ]", "30 [ `c` [ ] *60 ]", "31 [ `h/i/j` [ ] 'x' ]",
        "82 [ 00 01 [ ] `a/+` 04 `#` 29 ]", "82 [ 00 02 [ 26 `k` `v` ] `a/#` 10 `$SYS/#` 00 ]",
        "82 [ 00 05 [ ] `+` 00 `+/+` 00 `$share/g/a` 00 `b+` 00 ]", "31 [ `a/d` [ ] *180 ]",
        "82 [ 00 06 [ ] `b/1` 00 `b/2` 00 `b/3` 00 ]", "82 [ 00 06 [ ] `1/2/3/4/5/6/7/8` 00 ]",
        "a2 [ 00 04 [ ] `a/+` `x` ]", "50 [ 00 01 92 ]", "62 [ 00 01 00 [ 1f `r` ] ]",
        "c0 00 c0 00 c0 00 c0 00 c0 00 c0 00 c0 00 30 [ `b` [ ] *20 ] c0 00");

    private static readonly byte[][] _ends = Parse(
        "e0 00", "e0 01 04", "e0 [ 00 [ 11 00 00 00 05 ] ]", "f0 00", "34 [ `a` 00 01 'x' ]",
        "30 [ `` [ 23 00 01 ] 'x' ]", "82 [ 00 03 [ 0b 01 ] `a` 00 ]", "20 02 00 00",
        "30 [ `1/2/3/4/5/6/7/8` [ ] ]", "30 [ `a/+` [ ] ]", "a2 [ 00 05 [ ] `` `` `` `` `` ]",
        "10 [ `MQTT` 04 02 00 0a `c1` ]", "31 [ `a/d` [ ] *900 ]", "30 ff ff ff ff 7f");

    private static readonly byte[][] _connects = Parse(
        "10 [ `MQTT` 04 02 00 0a `c1` ]", "10 [ `MQTT` 04 02 00 00 `c2` ]",
        "10 [ `MQTT` 04 02 00 00 `` ]", "10 [ `MQTT` 04 26 00 05 `c3` `a/b` `gone` ]",
        "10 [ `MQTT` 05 02 00 00 [ ] `c1` ]", "10 [ `MQTT` 05 02 00 0a [ 27 00 00 00 40 ] `c4` ]",
        "10 [ `MQTT` 05 06 00 05 [ ] `` [ 18 00 00 00 05 02 00 00 00 03 ] `a/w` 00 3c *60 ]",
        "10 [ `MQTT` 05 02 00 00 [ 27 00 00 00 10 11 00 00 00 05 ] `c5` ]",
        "10 [ `MQTT` 05 c2 00 00 [ 17 00 21 00 05 ] `c2` `u` `p` ]",
        "10 [ `MQTT` 04 02 00 00 `d` ]", "10 [ `MQTT` 05 02 00 00 [ ] `e` ]",
        "10 [ `MQTT` 04 02 00 00 `f` ]");

    private static readonly byte[][] _badConnects = Parse(
        "10 [ `MQIsdp` 03 02 00 00 `c` ]", "10 [ `MQTT` 05 02 00 00 [ 15 `m` ] `c` ]",
        "10 [ `MQTT` 04 02 00 00 `much longer than a Client Identifier may be here, by far, that "
            + "is by a few letters at least` ]",
        "10 [ `MQTT` 04 06 00 00 `c` `#` `x` ]");

    /// <summary>A CONNECT, mostly good.</summary>
    public byte[] Connect() => Maybe(random.Next(20) == 0 ? Any(_badConnects) : Any(_connects), 25);

    /// <summary>Some other packet, broken now and then.</summary>
    public byte[] Packet(byte version)
    {
        switch (random.Next(200))
        {
            case 0:
                byte[] noise = new byte[random.Next(1, 200)];
                random.NextBytes(noise);
                return noise;
            case < 5:
                return Any(_ends);
            default:
                return Maybe(Any(version == 5 ? _good5 : _good311), 40);
        }
    }

    private byte[] Any(byte[][] packets) => packets[random.Next(packets.Length)];

    private byte[] Maybe(byte[] packet, int oneIn)
    {
        byte[] copy = (byte[])packet.Clone();
        if (random.Next(oneIn) != 0)
        {
            return copy;
        }

        for (int i = random.Next(3); i >= 0; i--)
        {
            copy = Mutate(copy);
        }

        return copy;
    }

    private byte[] Mutate(byte[] packet)
    {
        int at = random.Next(packet.Length);
        switch (random.Next(7))
        {
            case 0:
                packet[at] ^= (byte)(1 << random.Next(8));
                return packet;
            case 1:
                packet[at] = (byte)random.Next(256);
                return packet;
            case 2:
                packet[at] = random.Next(2) == 0 ? (byte)0 : (byte)0xFF;
                return packet;
            case 3:
                return at == 0 ? packet : packet[..at];
            case 4:
                return [.. packet[..at], (byte)random.Next(256), .. packet[at..]];
            case 5:
                return [.. packet[..at], .. packet[random.Next(packet.Length)..]];
            default:
                packet[Math.Min(1, packet.Length - 1)] = (byte)random.Next(256);
                return packet;
        }
    }

    private static byte[][] Parse(params string[] texts) => Array.ConvertAll(texts, Wire.Parse);
}
