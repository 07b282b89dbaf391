using System;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using EdgeBroker.Simulator.Net;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Host;

/// <summary>Which network is taken.</summary>
[TestClass]
public sealed class NetworksTests
{
    [TestMethod]
    public void WithoutAName_LinuxHasEpollAndOthersThePortableOne()
    {
        using Network network = Networks.Create(null);
        Type expected = OperatingSystem.IsLinux() ? typeof(EpollNetwork) : typeof(PortableNetwork);
        Assert.AreEqual(expected, network.GetType());
    }

    [TestMethod]
    public void WhereEpollIsRefused_ThePortableOneIsTaken()
    {
        const int NotImplemented = 38;
        using Network refused = Networks.OrPortable(() => throw new Win32Exception(NotImplemented));
        Assert.IsInstanceOfType<PortableNetwork>(refused);
        using Network absent = Networks.OrPortable(() => throw new EntryPointNotFoundException());
        Assert.IsInstanceOfType<PortableNetwork>(absent);
    }

    [TestMethod]
    [DataRow(null, true)]
    [DataRow("", true)]
    [DataRow("epoll", true)]
    [DataRow("portable", true)]
    [DataRow("Portable", false)]
    [DataRow("kqueue", false)]
    public void Names_AreKnownOrNot(string name, bool isKnown)
    {
        Assert.AreEqual(isKnown, Networks.IsKnown(name));
    }

    // The kernel lists each connection's timer and when it goes off, in hundredths of a second.
    [TestMethod]
    [DataRow("epoll")]
    [DataRow("portable")]
    [OSCondition(OperatingSystems.Linux)]
    public void WhoIsSilent_IsAskedWithinAMinute(string name)
    {
        const string OfKeepAlive = "02:";
        const string Established = "01"; // Others of the same port may wait for their end.
        using Network network = Networks.Create(name);
        int listener = network.Listen(new IPEndPoint(IPAddress.Loopback, 0), false, out var taken);
        using var client = new TcpClient();
        client.Connect(taken);
        int handle;
        while ((handle = network.Accept(listener)) == Network.WouldBlock)
        {
            Thread.Yield();
        }

        string local = $"0100007F:{taken.Port:X4}";
        string timer = File.ReadLines("/proc/net/tcp")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Single(row => row[1] == local && row[3] == Established)[5];
        Assert.StartsWith(OfKeepAlive, timer);
        int left = int.Parse(timer[OfKeepAlive.Length..], NumberStyles.HexNumber);
        Assert.IsInRange(1, 6000, left, "the kernel's own would be 720,000");
        network.Close(handle);
        network.Close(listener);
    }
}
