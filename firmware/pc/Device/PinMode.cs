namespace System.Device.Gpio
{
    /// <summary>What a pin is for, as on the device.</summary>
    internal enum PinMode
    {
        /// <summary>It is read.</summary>
        Input = 0,

        /// <summary>It is written.</summary>
        Output = 3,
    }
}
