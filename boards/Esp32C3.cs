namespace EdgeBroker.Boards
{
    /// <summary>ESP32-C3, with Bluetooth in the image: the smallest heap there is.</summary>
    public static class Esp32C3
    {
        /// <summary>Region of its managed heap.</summary>
        public const int HeapBytes = 54472;

        /// <summary>
        /// Sockets that are counted on. ESP32_C3_BETA has so many; upstream's settings of the
        /// released image say 16, which nobody has seen.
        /// </summary>
        public const int Sockets = 8;

        /// <summary>The profile of the board.</summary>
        public static BoardProfile Create()
        {
            var board = new BoardProfile("esp32-c3", "ESP32_C3", HeapBytes);
            board.HeapSource = "memory map of 1.17.0.257 (nanoframework/Home 1824)";
            board.Sockets = Sockets;
            Sizes.Smallest(board.Limits);
            return board;
        }
    }
}
