// Everything works without this file; it only makes some things quicker.
import { confirmWithKeys } from "./ask.js";
import { dropFiles } from "./drop.js";
import { shortcuts } from "./keys.js";
import { live } from "./live.js";
import { closeMenus } from "./menus.js";
import { passkeys } from "./passkeys.js";
import { reading } from "./reading.js";
import { sound } from "./sound.js";
import { uploads } from "./upload.js";

closeMenus();
confirmWithKeys();
dropFiles();
shortcuts();
live();
passkeys();
reading();
sound();
uploads();
