using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using EdgeBroker.Tests.Desktop.Support;

namespace EdgeBroker.Tests.Desktop.View;

/// <summary>
/// The clients of a house, for a picture: sensors, a camera, who reads them, a tablet that has
/// stopped reading, and a stranger who does not speak MQTT.
/// </summary>
internal sealed class Household : IDisposable
{
    private const int PeriodMs = 50;
    private const int FrameBytes = 60_000;

    private static readonly string[] _rooms =
        ["kitchen", "bath", "cellar", "hall", "attic", "garage"];

    private readonly int _port;
    private readonly List<RawClient> _sensors = [];
    private readonly List<RawClient> _others = [];
    private readonly RawClient _camera;
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private int _round;

    /// <summary>Connects everybody to a broker on this computer and begins to publish.</summary>
    public Household(int port)
    {
        _port = port;
        _camera = RawClient.Connected(port, 4, "camera-door");
        foreach (string room in _rooms)
        {
            _sensors.Add(RawClient.Connected(port, (byte)(4 + room.Length % 2), "sensor-" + room));
        }

        Reader("dashboard", 5, "house/+/temperature");
        Reader("recorder", 4, "house/#");
        var tablet = new RawClient(port, 4096);
        tablet.Connect(4, "old-tablet");
        tablet.Subscribe(4, "camera/#");
        _others.Add(tablet);
        _timer = new Timer(_ => Publish(), null, 0, PeriodMs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _timer.Dispose();
            _sensors.ForEach(client => client.Dispose());
            _others.ForEach(client => client.Dispose());
            _camera.Dispose();
            _round = -1;
        }
    }

    private void Reader(string id, byte version, string filter)
    {
        RawClient reader = RawClient.Connected(_port, version, id);
        reader.Subscribe(version, filter);
        _others.Add(reader);
        new Thread(() => Read(reader)) { IsBackground = true }.Start();
    }

    private static void Read(RawClient reader)
    {
        try
        {
            while (reader.ReadPacket() != null)
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException
            or TimeoutException or InvalidOperationException)
        {
            // The picture is taken.
        }
    }

    private void Publish()
    {
        lock (_lock)
        {
            if (_round < 0)
            {
                return;
            }

            int round = _round++;
            for (int i = 0; i < _sensors.Count; i++)
            {
                byte version = (byte)(4 + _rooms[i].Length % 2);
                // Each has its own tide, so that the columns of the last minute go up and down.
                int messages =
                    (int)(2 * (1.2 + Math.Sin(round / (30.0 + 9 * i)))) + (i == 0 ? 3 : 0);
                for (int n = 0; n < messages; n++)
                {
                    double celsius = 18 + i + Math.Sin(round / 50.0 + i);
                    _sensors[i].Publish(version, $"house/{_rooms[i]}/temperature",
                        celsius.ToString("0.00", CultureInfo.InvariantCulture) + " °C");
                }

                if (round % (20 * (i + 1)) == 0)
                {
                    _sensors[i].Publish(
                        version, $"house/{_rooms[i]}/status", "{\"battery\": " + (97 - i) + "}");
                }
            }

            if (round % 4 == 0)
            {
                _camera.Send(Picture());
            }

            if (round % 80 == 10)
            {
                Stray();
            }
        }
    }

    private static byte[] Picture()
    {
        byte[] name = "camera/door/picture"u8.ToArray();
        int length = 2 + name.Length + FrameBytes;
        using var packet = new MemoryStream();
        packet.WriteByte(0x30);
        packet.Write([(byte)(length & 0x7F | 0x80), (byte)(length >> 7 & 0x7F | 0x80),
            (byte)(length >> 14), 0, (byte)name.Length]);
        packet.Write(name);
        packet.Write([0xFF, 0xD8, 0xFF, 0xE0]);
        packet.Write(new byte[FrameBytes - 4]);
        return packet.ToArray();
    }

    private void Stray()
    {
        using var browser = new RawClient(_port);
        browser.Send(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: broker\r\n\r\n"));
        browser.ReadPacket();
    }
}
