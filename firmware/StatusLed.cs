using System;
using System.Device.Gpio;
using EdgeBroker.Boards;

namespace EdgeBroker.Firmware
{
    /// <summary>Shows a pattern of 16 steps of 125 ms on the board's LED, if any.</summary>
    public sealed class StatusLed
    {
        /// <summary>Time of one step.</summary>
        public const int StepMs = 125;

        private const int Steps = 16;

        private readonly GpioPin _pin;
        private int _pattern;
        private bool _isOn;

        /// <summary>Opens the pin; a board without LED or with a wrong pin shows nothing.</summary>
        public StatusLed(BoardProfile board)
        {
            if (board.LedPin == BoardProfile.NoLed)
            {
                return;
            }

            try
            {
                _pin = new GpioController().OpenPin(board.LedPin, PinMode.Output);
                _pin.Write(board.IsLedInverted ? PinValue.High : PinValue.Low);
            }
            catch (Exception e)
            {
                Console.WriteLine("no status LED: " + e.Message);
                _pin = null;
            }
        }

        /// <summary>The steps of a state, the first one in the lowest bit.</summary>
        public static int PatternOf(LedState state)
        {
            switch (state)
            {
                case LedState.BootError:
                    return 0x0015;
                case LedState.Connecting:
                    return 0x5555;
                case LedState.AccessPoint:
                    return 0x0005;
                case LedState.SafeMode:
                    return 0x0055;
                case LedState.Serving:
                    return 0x0001;
                default:
                    return 0x7FFF;
            }
        }

        /// <summary>Chooses the pattern.</summary>
        public void Show(LedState state)
        {
            _pattern = PatternOf(state);
        }

        /// <summary>Puts the LED where the pattern has it; at least every 100 ms.</summary>
        public void Turn(long now)
        {
            int step = (int)(now / StepMs) & (Steps - 1);
            bool isOn = (_pattern >> step & 1) != 0;
            if (_pin != null && isOn != _isOn)
            {
                // Not Write: PinValue is a struct, which the runtime allocates on each call.
                _pin.Toggle();
                _isOn = isOn;
            }
        }
    }
}
