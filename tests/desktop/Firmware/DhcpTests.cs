using System;
using System.Net;
using System.Net.Sockets;
using EdgeBroker.Firmware;
using EdgeBroker.Firmware.Pc;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>Addresses for the stations of the device's own network.</summary>
[TestClass]
[DoNotParallelize] // Radio and sockets of the device on a PC are static.
public sealed class DhcpTests
{
    private const byte Discover = 1;
    private const byte Offer = 2;
    private const byte Request = 3;
    private const byte Ack = 5;
    private const byte Nak = 6;

    private readonly DhcpReply _server = new();
    private readonly byte[] _reply = new byte[DhcpReply.Size];

    [TestMethod]
    public void Station_IsOfferedAndGivenAnAddress()
    {
        Assert.AreEqual((Offer, "192.168.4.2"), Ask(Packet(Discover, 1)));
        Assert.AreEqual((Ack, "192.168.4.2"), Ask(Packet(Request, 1, "192.168.4.2")));
        Assert.AreEqual((Offer, "192.168.4.3"), Ask(Packet(Discover, 2)));
        Assert.AreEqual((Offer, "192.168.4.2"), Ask(Packet(Discover, 1)), "the same again");
    }

    [TestMethod]
    public void Answer_NamesServerMaskRouterAndTime()
    {
        Ask(Packet(Request, 1, "192.168.4.2"));
        CollectionAssert.AreEqual(
            (byte[])
            [
                53, 1, Ack, 54, 4, 192, 168, 4, 1, 1, 4, 255, 255, 255, 0,
                3, 4, 192, 168, 4, 1, 51, 4, 0, 0, 14, 16,
                114, 19, .. "http://192.168.4.1/"u8, 255,
            ],
            _reply[240..289]);
        CollectionAssert.AreEqual(new byte[] { 0xCA, 0xFE, 0xBA, 0xBE }, _reply[4..8]);
    }

    [TestMethod]
    public void StationThatRenews_IsAnsweredAtItsAddress()
    {
        byte[] renewal = Packet(Request, 1);
        new byte[] { 192, 168, 4, 2 }.CopyTo(renewal, DhcpReply.ClientAddressAt);
        Assert.AreEqual((Ack, "192.168.4.2"), Ask(renewal));
        Assert.AreEqual("192.168.4.2", new IPAddress(_reply[12..16]).ToString());
        renewal[DhcpReply.ClientAddressAt + 3] = 9;
        Assert.AreEqual((Nak, "0.0.0.0"), Ask(renewal));
        Assert.AreEqual(0, _reply[DhcpReply.ClientAddressAt], "a refusal is for all to hear");
    }

    [TestMethod]
    public void Server_HearsWhatIsSentToItsOwnAddress() =>
        Assert.AreEqual(IPAddress.Any, new Surroundings().DhcpListenAddress);

    [TestMethod]
    [DataRow("192.168.4.9")]
    [DataRow("10.0.0.2")]
    [DataRow("192.168.5.2")]
    public void AddressOfAnother_IsDenied(string wanted)
    {
        Assert.AreEqual((Nak, "0.0.0.0"), Ask(Packet(Request, 1, wanted)));
    }

    [TestMethod]
    public void RequestToAnotherServer_IsNotAnswered()
    {
        byte[] packet = Packet(Request, 1, "192.168.4.2", "192.168.4.7");
        Assert.AreEqual(0, _server.Make(packet, packet.Length, _reply));
    }

    [TestMethod]
    public void MoreStationsThanLeases_TakeTheOldestOnes()
    {
        for (int i = 0; i < 100; i++)
        {
            (byte type, string address) = Ask(Packet(Discover, i));
            Assert.AreEqual(Offer, type);
            Assert.IsInRange(2, 17, (int)IPAddress.Parse(address).GetAddressBytes()[3]);
        }
    }

    [TestMethod]
    public void PacketCutOrChangedAnywhere_BreaksNothing()
    {
        byte[] packet = Packet(Request, 1, "192.168.4.2", "192.168.4.1");
        for (int length = 0; length <= packet.Length; length++)
        {
            _server.Make(packet[..length], length, _reply);
        }

        var random = new Random(3);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] changed = [.. packet];
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            changed[random.Next(236, changed.Length)] = (byte)random.Next(256);
            Assert.IsTrue(_server.Make(changed, changed.Length, _reply) is 0 or DhcpReply.Size);
        }
    }

    [TestMethod]
    public void OwnNetwork_AnswersOverItsSockets()
    {
        using var station = new Socket(
            AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        station.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        station.ReceiveTimeout = Device.PatienceMs;
        using FirmwareHost device = Device.Make();
        device.Where.DhcpReplyTo = (IPEndPoint)station.LocalEndPoint;
        device.Radio.Ssid = "";
        device.Start(0);
        Device.WaitUntil(() => device.Program?.OwnNetwork() != null, "the own network");
        station.SendTo(Packet(Discover, 5), new IPEndPoint(
            IPAddress.Loopback, device.Program.OwnNetwork().Dhcp.Port));
        Assert.AreEqual(DhcpReply.Size, station.Receive(_reply));
        Assert.AreEqual(Offer, _reply[242]);
    }

    private (byte Type, string Address) Ask(byte[] packet)
    {
        Assert.AreEqual(DhcpReply.Size, _server.Make(packet, packet.Length, _reply));
        return (_reply[242], new IPAddress(_reply[16..20]).ToString());
    }

    private static byte[] Packet(byte type, int station, string wanted = null, string server = null)
    {
        var packet = new byte[300];
        packet[0] = 1;
        packet[1] = 1;
        packet[2] = 6;
        new byte[] { 0xCA, 0xFE, 0xBA, 0xBE }.CopyTo(packet, 4);
        packet[33] = (byte)station;
        new byte[] { 99, 130, 83, 99, 0, 53, 1, type }.CopyTo(packet, 236);
        int at = 244;
        foreach ((byte option, string address) in new[] { ((byte)50, wanted), ((byte)54, server) })
        {
            if (address != null)
            {
                packet[at++] = option;
                packet[at++] = 4;
                IPAddress.Parse(address).GetAddressBytes().CopyTo(packet, at);
                at += 4;
            }
        }

        packet[at] = 255;
        return packet;
    }
}
