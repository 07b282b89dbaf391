using System;
using System.Net.NetworkInformation;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// What the runtime tells of the station's link. Its events come on a thread of its own: they
    /// only leave notes for NetworkLink.Turn.
    /// </summary>
    internal sealed class LinkEvents
    {
        private const int StationIndex = 0;

        /// <summary>Whether anything happened since this was last set to false.</summary>
        public bool HasChanged;

        /// <summary>Whether the link was lost since this was last set to false.</summary>
        public bool WasLost;

        /// <summary>Whether the station has joined, by the last event.</summary>
        public bool IsLinked;

        /// <summary>Begins to listen.</summary>
        public void Start()
        {
            NetworkChange.NetworkAvailabilityChanged += OnAvailability;
            NetworkChange.NetworkAddressChanged += OnAddress;
            HasChanged = true;
        }

        /// <summary>Hears of no more events.</summary>
        public void Stop()
        {
            NetworkChange.NetworkAvailabilityChanged -= OnAvailability;
            NetworkChange.NetworkAddressChanged -= OnAddress;
        }

        private void OnAvailability(object sender, NetworkAvailabilityEventArgs e)
        {
            if (sender is ushort && (ushort)sender != StationIndex)
            {
                return; // The own network's.
            }

            IsLinked = e.IsAvailable;
            WasLost |= !e.IsAvailable;
            HasChanged = true;
        }

        private void OnAddress(object sender, EventArgs e)
        {
            HasChanged = true;
        }
    }
}
