namespace EdgeBroker.Firmware
{
    /// <summary>What the device serves besides MQTT: the set-up page, and addresses.</summary>
    public sealed class OwnNetwork
    {
        private readonly Surroundings _where;
        private long _rebootMs;

        /// <summary>Takes credentials, and tells what is wrong.</summary>
        public readonly SetupPage Page;

        /// <summary>Gives addresses to the stations; null when the own network is closed.</summary>
        public readonly DhcpServer Dhcp;

        /// <param name="where">Addresses and times.</param>
        /// <param name="isOpen">Whether the own network is open; else this is safe mode.</param>
        /// <param name="isSafeMode">Whether the page is to offer a way out.</param>
        public OwnNetwork(Surroundings where, bool isOpen, bool isSafeMode)
        {
            _where = where;
            Page = new SetupPage(where);
            Page.HasForm = isOpen;
            Page.OffersRestart = isSafeMode;
            Dhcp = isOpen ? new DhcpServer(where) : null;
        }

        /// <summary>Serves what has arrived.</summary>
        /// <returns>Whether the page asked for a reboot, and it is time for it.</returns>
        public bool Turn(long now)
        {
            if (Dhcp != null)
            {
                Dhcp.Turn();
            }

            Page.Turn(now);
            if (Page.WantsReboot && _rebootMs == 0)
            {
                _rebootMs = now + _where.RebootDelayMs;
            }

            return _rebootMs != 0 && now >= _rebootMs;
        }

        /// <summary>Closes the sockets.</summary>
        public void Stop()
        {
            Page.Stop();
            if (Dhcp != null)
            {
                Dhcp.Stop();
            }
        }
    }
}
