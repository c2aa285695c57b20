// Everything works without this file; it only makes some things quicker.
import { confirmWithKeys } from "./ask.js";
import { clock } from "./clock.js";
import { dropFiles } from "./drop.js";
import { forms } from "./forms.js";
import { shortcuts } from "./keys.js";
import { live, lost } from "./live.js";
import { closeMenus } from "./menus.js";
import { passkeys } from "./passkeys.js";
import { reading } from "./reading.js";
import { sound } from "./sound.js";
import { uploads } from "./upload.js";

clock();
closeMenus();
confirmWithKeys();
dropFiles();
forms(lost);
shortcuts();
live();
passkeys();
reading();
sound();
uploads();
