using EdgeBroker.Firmware.Pc;

namespace System.Device.Gpio
{
    /// <summary>The device's class of this name.</summary>
    internal sealed class GpioController
    {
        /// <summary>Takes over a pin.</summary>
        public GpioPin OpenPin(int pinNumber, PinMode mode)
        {
            Radio.Current.OpenedPin = pinNumber;
            return new GpioPin(Radio.Current);
        }
    }
}
