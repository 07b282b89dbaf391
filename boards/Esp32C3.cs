namespace EdgeBroker.Boards
{
    /// <summary>ESP32-C3, with Bluetooth in the image; 8 sockets.</summary>
    public static class Esp32C3
    {
        /// <summary>The profile of the board.</summary>
        public static BoardProfile Create()
        {
            var board = new BoardProfile("esp32-c3", "ESP32_C3", 54472);
            board.HeapSource = "reported for this target; not measured by us";
            board.Sockets = 8;
            Sizes.Smallest(board.Limits);
            return board;
        }
    }
}
