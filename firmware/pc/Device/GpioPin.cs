using EdgeBroker.Firmware.Pc;

namespace System.Device.Gpio
{
    /// <summary>The device's class of this name; Radio shows what it was set to.</summary>
    internal sealed class GpioPin
    {
        private readonly Radio _radio;

        internal GpioPin(Radio radio)
        {
            _radio = radio;
        }

        /// <summary>Sets the pin.</summary>
        public void Write(PinValue value)
        {
            _radio.SetPin(value.IsHigh());
        }

        /// <summary>Turns it over.</summary>
        public void Toggle()
        {
            _radio.SetPin(!_radio.IsPinHigh);
        }
    }
}
