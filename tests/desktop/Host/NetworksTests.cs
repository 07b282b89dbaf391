using System;
using System.ComponentModel;
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
}
