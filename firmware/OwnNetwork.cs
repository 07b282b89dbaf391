using System;

namespace EdgeBroker.Firmware
{
    /// <summary>What the device serves in its own network besides MQTT.</summary>
    public sealed class OwnNetwork
    {
        private readonly Surroundings _where;
        private long _rebootMs;

        /// <summary>Takes name and password of the network to join.</summary>
        public readonly SetupPage Page;

        /// <summary>Gives addresses to the stations.</summary>
        public readonly DhcpServer Dhcp;

        /// <summary>Opens the sockets of both.</summary>
        public OwnNetwork(Surroundings where)
        {
            _where = where;
            Page = new SetupPage(where);
            Dhcp = new DhcpServer(where);
            Console.WriteLine("set-up page on http://" + AccessPoint.Address + "/");
        }

        /// <summary>Serves what has arrived.</summary>
        /// <returns>Whether credentials were saved and it is time to reboot.</returns>
        public bool Turn(long now)
        {
            Dhcp.Turn();
            Page.Turn(now);
            if (Page.IsSaved && _rebootMs == 0)
            {
                _rebootMs = now + _where.RebootDelayMs;
            }

            return _rebootMs != 0 && now >= _rebootMs;
        }

        /// <summary>Closes the sockets.</summary>
        public void Stop()
        {
            Page.Stop();
            Dhcp.Stop();
        }
    }
}
