using EdgeBroker.Broker;

namespace EdgeBroker.Boards
{
    /// <summary>
    /// What a board has and which limits fit it. A figure that nobody has measured on the board
    /// itself says so in HeapSource.
    /// </summary>
    public sealed class BoardProfile
    {
        /// <summary>LedPin of a board without a plain LED.</summary>
        public const int NoLed = -1;

        /// <summary>The name that the simulator's --board takes.</summary>
        public readonly string Name;

        /// <summary>The target that nanoff flashes; the runtime tells it at run time.</summary>
        public readonly string Target;

        /// <summary>
        /// What the program takes of the heap before it looks at what is free, for its own tables,
        /// those of the class libraries and the runtime's objects: measured on the nanoCLR, 32 bit,
        /// with every assembly of the firmware.
        /// </summary>
        public const int ProgramBytes = 25960;

        /// <summary>
        /// The region that upstream's runtime takes for the managed heap, in bytes. Without PSRAM
        /// it leaves 100 KB or what the target says to native code and takes the rest, if it is
        /// one piece (Memory.cpp of nf-interpreter).
        /// </summary>
        public readonly int HeapBytes;

        /// <summary>Where HeapBytes comes from.</summary>
        public string HeapSource = "assumed: nobody has told of one";

        /// <summary>Sockets that lwIP has on this target, the listening one included.</summary>
        public int Sockets = 16;

        /// <summary>GPIO of a plain status LED, or NoLed.</summary>
        public int LedPin = NoLed;

        /// <summary>Whether the LED shines when its pin is low.</summary>
        public bool IsLedInverted;

        /// <summary>Bytes of flash for the deployed program.</summary>
        public int DeploymentBytes = 1792 * 1024;

        /// <summary>The broker's limits on this board.</summary>
        public readonly BrokerLimits Limits;

        /// <param name="name">The name that the simulator's --board takes.</param>
        /// <param name="target">The target that nanoff flashes.</param>
        /// <param name="heapBytes">Region of the managed heap in bytes.</param>
        public BoardProfile(string name, string target, int heapBytes)
        {
            Name = name;
            Target = target;
            HeapBytes = heapBytes;
            Limits = new BrokerLimits();
            Limits.MaxConnections = Sockets - 1 - Limits.ConnectSlots; // One listens.
        }

        /// <summary>Bytes of the heap that are free when the program has started.</summary>
        public int FreeBytes()
        {
            return HeapBytes - ProgramBytes;
        }
    }
}
