using System.Net.NetworkInformation;
using System.Text;
using System.Threading;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace EdgeBroker.Samples.SensorNode
{
    /// <summary>
    /// A sensor on an ESP32 that publishes a temperature, says when it is gone, and takes commands.
    /// The board gets its Wi-Fi credentials from the Device Explorer or from nanoff, not from here.
    /// </summary>
    public static class Program
    {
        private const string BrokerAddress = "192.168.1.10";
        private const string Base = "sensors/kitchen";
        private const string ClientId = "sensor-kitchen";
        private const int RetryMs = 5000;

        private static int _intervalMs = 5000;

        /// <summary>Runs until the power goes.</summary>
        public static void Main()
        {
            int tenths = 210;
            while (true)
            {
                WaitForAddress();
                MqttClient client = null;
                try
                {
                    client = new MqttClient(BrokerAddress);
                    client.MqttMsgPublishReceived += TakeInterval;
                    // The broker publishes the Will when the connection ends without DISCONNECT.
                    MqttReasonCode answer = client.Connect(ClientId, null, null, true,
                        MqttQoSLevel.AtMostOnce, true, Base + "/online", "0", true, 30);
                    if (answer == MqttReasonCode.Success)
                    {
                        tenths = Measure(client, tenths);
                    }
                }
                catch (System.Exception e)
                {
                    // A broker that is not there yet is no reason to stop.
                    System.Diagnostics.Debug.WriteLine(e.Message);
                }

                if (client != null)
                {
                    client.Close();
                }

                Thread.Sleep(RetryMs);
            }
        }

        private static int Measure(MqttClient client, int tenths)
        {
            client.Subscribe(
                new[] { Base + "/interval" }, new[] { MqttQoSLevel.AtMostOnce });
            Publish(client, "/online", "1", true);
            while (client.IsConnected)
            {
                // Stands for a real sensor.
                tenths = tenths == 219 ? 210 : tenths + 1;
                Publish(client, "/temperature", tenths / 10 + "." + tenths % 10, false);
                Thread.Sleep(_intervalMs);
            }

            return tenths;
        }

        private static void Publish(MqttClient client, string name, string payload, bool isRetained)
        {
            client.Publish(Base + name, Encoding.UTF8.GetBytes(payload), null, null,
                MqttQoSLevel.AtLeastOnce, isRetained);
        }

        private static void TakeInterval(object sender, MqttMsgPublishEventArgs e)
        {
            string text = Encoding.UTF8.GetString(e.Message, 0, e.Message.Length);
            if (int.TryParse(text, out int seconds) && seconds > 0 && seconds <= 86400)
            {
                _intervalMs = seconds * 1000;
            }
        }

        private static void WaitForAddress()
        {
            while (true)
            {
                NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
                if (interfaces.Length > 0 && interfaces[0].IPv4Address != null
                    && interfaces[0].IPv4Address.Length > 0
                    && interfaces[0].IPv4Address != "0.0.0.0")
                {
                    return;
                }

                Thread.Sleep(200);
            }
        }
    }
}
