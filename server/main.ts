import { serve } from "./boot/serve.js";

void serve();
