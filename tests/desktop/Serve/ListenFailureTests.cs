using System.Net;
using System.Net.Sockets;
using EdgeBroker.Simulator.Serve;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>A listen that fails says why and what to do.</summary>
[TestClass]
public sealed class ListenFailureTests
{
    [TestMethod]
    [DataRow(80, SocketError.AccessDenied, "the system keeps ports below 1024 for administrators. "
        + "Take a port from there on, such as --port 1883, or give the program the capability "
        + "CAP_NET_BIND_SERVICE")]
    [DataRow(1883, SocketError.AccessDenied,
        "the system does not allow it. Take another port: --port 0 takes a free one")]
    [DataRow(1883, SocketError.AddressNotAvailable, "this computer does not have the address. "
        + "Take one of its own, 127.0.0.1 for this computer only, or 0.0.0.0 for all of them")]
    public void Reason_ComesWithItsCure(int port, SocketError error, string sentence)
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, port);
        Assert.AreEqual($"cannot listen on {endPoint}: {sentence}",
            ListenFailure.Text(endPoint, new SocketException((int)error)));
    }
}
