namespace System.Device.Gpio
{
    /// <summary>The device's type of this name.</summary>
    internal readonly struct PinValue
    {
        private readonly bool _isHigh;

        private PinValue(bool isHigh)
        {
            _isHigh = isHigh;
        }

        /// <summary>High.</summary>
        public static PinValue High
        {
            get { return new PinValue(true); }
        }

        /// <summary>Low.</summary>
        public static PinValue Low
        {
            get { return new PinValue(false); }
        }

        internal bool IsHigh()
        {
            return _isHigh;
        }
    }
}
