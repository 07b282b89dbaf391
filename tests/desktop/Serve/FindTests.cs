using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using EdgeBroker.Firmware.Pc;
using EdgeBroker.Simulator.Find;
using EdgeBroker.Tests.Desktop.Firmware;
using EdgeBroker.Tests.Desktop.Support;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Serve;

/// <summary>`find` prints the boards that answer, and says when nobody does.</summary>
[TestClass]
public sealed class FindTests
{
    [TestMethod]
    public void BoardThatServes_IsFound()
    {
        using FirmwareHost device = Device.Serving("max_connections 2\n");
        Device.WaitUntil(() => device.Program.Beacon().Port > 0, "the beacon");
        using SimulatorProcess find = SimulatorProcess.Start(null,
            ["find", "--address", "127.0.0.1", "--port",
                device.Program.Beacon().Port.ToString()]);
        Assert.AreEqual(0, find.WaitForExit());
        CollectionAssert.AreEqual(new[]
        {
            $"EdgeBroker version 0.1.0 at 127.0.0.1:{device.Port} on ESP32_REV3 EdgeBroker-34AB",
        }, find.Output);
    }

    [TestMethod]
    public void NobodyThere_EndsWithASentence()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)silent.Client.LocalEndPoint).Port;
        using SimulatorProcess find = SimulatorProcess.Start(null,
            ["find", "--address", "127.0.0.1", "--port", port.ToString()]);
        Assert.AreEqual(1, find.WaitForExit());
        StringAssert.StartsWith(find.Errors.Single(), "no board answered.");
    }

    [TestMethod]
    public async Task AnswersOfOthersAndRepeatedOnes_AreLeftOut()
    {
        using var board = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)board.Client.LocalEndPoint).Port;
        Task answering = Task.Run(async () =>
        {
            IPEndPoint from = (await board.ReceiveAsync()).RemoteEndPoint;
            foreach (string answer in new[]
            {
                "", "something else\n", "EdgeBroker version \u001b[31m\n",
                new string('x', 2000), "EdgeBroker version 1\n", "EdgeBroker version 1\n",
                "EdgeBroker version 2\n",
            })
            {
                board.Send(Encoding.UTF8.GetBytes(answer), from);
            }
        });
        string[] found = [.. new BoardFinder(IPAddress.Loopback, port)
            .Ask(Device.PatienceMs).Take(2)];
        await answering;
        CollectionAssert.AreEqual(new[] { "EdgeBroker version 1", "EdgeBroker version 2" }, found);
    }
}
