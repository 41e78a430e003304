Console.WriteLine("PicoKubelet virtual board");
