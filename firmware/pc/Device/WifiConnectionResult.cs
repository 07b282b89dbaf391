namespace System.Device.Wifi
{
    /// <summary>The device's class of this name.</summary>
    internal sealed class WifiConnectionResult
    {
        private readonly WifiConnectionStatus _status;

        internal WifiConnectionResult(WifiConnectionStatus status)
        {
            _status = status;
        }

        /// <summary>How the attempt ended.</summary>
        public WifiConnectionStatus ConnectionStatus
        {
            get { return _status; }
        }
    }
}
