namespace System.Net.NetworkInformation
{
    /// <summary>The device's class of this name.</summary>
    internal sealed class NetworkAvailabilityEventArgs : EventArgs
    {
        private readonly bool _isAvailable;

        internal NetworkAvailabilityEventArgs(bool isAvailable)
        {
            _isAvailable = isAvailable;
        }

        /// <summary>Whether the link is there.</summary>
        public bool IsAvailable
        {
            get { return _isAvailable; }
        }
    }
}
