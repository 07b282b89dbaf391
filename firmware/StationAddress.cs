using System.Net.NetworkInformation;

namespace EdgeBroker.Firmware
{
    /// <summary>The network interfaces of the device, as they are now.</summary>
    internal static class StationAddress
    {
        private const string None = "0.0.0.0";

        /// <summary>The IPv4 address of the station, or an empty text.</summary>
        /// <param name="isLinked">
        /// Whether it has joined: the runtime tells a fixed address with and without a link.
        /// </param>
        public static string Get(bool isLinked)
        {
            NetworkInterface station = Find(NetworkInterfaceType.Wireless80211);
            string address = station == null ? null : station.IPv4Address;
            return address == null || address == None || !(isLinked || station.IsDhcpEnabled)
                ? ""
                : address;
        }

        /// <summary>The first interface of a kind, or null.</summary>
        public static NetworkInterface Find(NetworkInterfaceType kind)
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].NetworkInterfaceType == kind)
                {
                    return all[i];
                }
            }

            return null;
        }
    }
}
