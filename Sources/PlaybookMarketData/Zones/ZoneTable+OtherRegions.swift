/// Made by make_zone_table.py: do not edit.
extension ZoneTable {
    /// The records whose first zone is elsewhere.
    static let otherRegions: StaticString = """
        Africa/Abidjan=0 Africa/Accra=0 Africa/Addis_Ababa=180 Africa/Algiers=60 Africa/Asmara=180 Africa/Asmera=180\
         Africa/Bamako=0 Africa/Bangui=60 Africa/Banjul=0 Africa/Bissau=0 Africa/Blantyre=120 Africa/Brazzaville=60\
         Africa/Bujumbura=120 Africa/Conakry=0 Africa/Dakar=0 Africa/Dar_es_Salaam=180 Africa/Djibouti=180 Africa/Dou\
        ala=60 Africa/Freetown=0 Africa/Gaborone=120 Africa/Harare=120 Africa/Johannesburg=120 Africa/Kampala=180 Af\
        rica/Kigali=120 Africa/Kinshasa=60 Africa/Lagos=60 Africa/Libreville=60 Africa/Lome=0 Africa/Luanda=60 Afric\
        a/Lubumbashi=120 Africa/Lusaka=120 Africa/Malabo=60 Africa/Maputo=120 Africa/Maseru=120 Africa/Mbabane=120 A\
        frica/Mogadishu=180 Africa/Monrovia=0 Africa/Nairobi=180 Africa/Ndjamena=60 Africa/Niamey=60 Africa/Nouakcho\
        tt=0 Africa/Ouagadougou=0 Africa/Porto-Novo=60 Africa/Timbuktu=0 America/Anguilla=-240 America/Antigua=-240\
         America/Aruba=-240 America/Atikokan=-300 America/Barbados=-240 America/Belem=-180 America/Belize=-360 Americ\
        a/Blanc-Sablon=-240 America/Cayenne=-180 America/Cayman=-300 America/Coral_Harbour=-300 America/Creston=-420\
         America/Curacao=-240 America/Dawson_Creek=-420 America/Dominica=-240 America/El_Salvador=-360 America/Grena\
        da=-240 America/Guadeloupe=-240 America/Jamaica=-300 America/Kralendijk=-240 America/La_Paz=-240 America/Low\
        er_Princes=-240 America/Marigot=-240 America/Martinique=-240 America/Montserrat=-240 America/Panama=-300 Ame\
        rica/Paramaribo=-180 America/Phoenix=-420 America/Port_of_Spain=-240 America/Porto_Velho=-240 America/Puerto\
        _Rico=-240 America/Regina=-360 America/St_Barthelemy=-240 America/St_Kitts=-240 America/St_Lucia=-240 Americ\
        a/St_Thomas=-240 America/St_Vincent=-240 America/Swift_Current=-360 America/Tortola=-240 America/Virgin=-240\
         Antarctica/DumontDUrville=600 Antarctica/Rothera=-180 Antarctica/Syowa=180 Asia/Aden=180 Asia/Bahrain=180 A\
        sia/Bangkok=420 Asia/Brunei=480 Asia/Calcutta=330 Asia/Dubai=240 Asia/Ho_Chi_Minh=420 Asia/Hong_Kong=480 Asi\
        a/Jakarta=420 Asia/Jayapura=540 Asia/Kabul=270 Asia/Kashgar=360 Asia/Kathmandu=345 Asia/Katmandu=345 Asia/Ko\
        lkata=330 Asia/Kuala_Lumpur=480 Asia/Kuching=480 Asia/Kuwait=180 Asia/Macao=480 Asia/Macau=480 Asia/Makassar\
        =480 Asia/Muscat=240 Asia/Phnom_Penh=420 Asia/Pontianak=420 Asia/Qatar=180 Asia/Rangoon=390 Asia/Riyadh=180\
         Asia/Saigon=420 Asia/Seoul=540 Asia/Singapore=480 Asia/Taipei=480 Asia/Thimbu=360 Asia/Thimphu=360 Asia/Toky\
        o=540 Asia/Ujung_Pandang=480 Asia/Urumqi=360 Asia/Vientiane=420 Asia/Yangon=390 Atlantic/Cape_Verde=-60 Atla\
        ntic/Reykjavik=0 Atlantic/South_Georgia=-120 Atlantic/St_Helena=0 Australia/Darwin=570 Australia/North=570 C\
        anada/Saskatchewan=-360 EST=-300 Etc/GMT=0 Etc/GMT+0=0 Etc/GMT+1=-60 Etc/GMT+10=-600 Etc/GMT+11=-660 Etc/GMT\
        +12=-720 Etc/GMT+2=-120 Etc/GMT+3=-180 Etc/GMT+4=-240 Etc/GMT+5=-300 Etc/GMT+6=-360 Etc/GMT+7=-420 Etc/GMT+8\
        =-480 Etc/GMT+9=-540 Etc/GMT-0=0 Etc/GMT-1=60 Etc/GMT-10=600 Etc/GMT-11=660 Etc/GMT-12=720 Etc/GMT-13=780 Et\
        c/GMT-14=840 Etc/GMT-2=120 Etc/GMT-3=180 Etc/GMT-4=240 Etc/GMT-5=300 Etc/GMT-6=360 Etc/GMT-7=420 Etc/GMT-8=4\
        80 Etc/GMT-9=540 Etc/GMT0=0 Etc/Greenwich=0 Etc/UCT=0 Etc/UTC=0 Etc/Universal=0 Etc/Zulu=0 GMT=0 GMT+0=0 GMT\
        -0=0 GMT0=0 Greenwich=0 HST=-600 Hongkong=480 Iceland=0 Indian/Antananarivo=180 Indian/Christmas=420 Indian/\
        Cocos=390 Indian/Comoro=180 Indian/Kerguelen=300 Indian/Mahe=240 Indian/Maldives=300 Indian/Mayotte=180 Indi\
        an/Reunion=240 Jamaica=-300 Japan=540 MST=-420 Pacific/Chuuk=600 Pacific/Funafuti=720 Pacific/Gambier=-540 P\
        acific/Guadalcanal=660 Pacific/Guam=600 Pacific/Honolulu=-600 Pacific/Johnston=-600 Pacific/Majuro=720 Pacif\
        ic/Marquesas=-570 Pacific/Midway=-660 Pacific/Nauru=720 Pacific/Niue=-660 Pacific/Pago_Pago=-660 Pacific/Pal\
        au=540 Pacific/Pohnpei=660 Pacific/Ponape=660 Pacific/Port_Moresby=600 Pacific/Saipan=600 Pacific/Samoa=-660\
         Pacific/Tahiti=-600 Pacific/Tarawa=720 Pacific/Truk=600 Pacific/Wake=720 Pacific/Wallis=720 Pacific/Yap=600\
         ROC=480 ROK=540 Singapore=480 UCT=0 US/Arizona=-420 US/Hawaii=-600 US/Samoa=-660 UTC=0 Universal=0 Zulu=0|
        Africa/Cairo=120 Egypt=120|fiwEdIgxg2dEjkcEdIgxg2dEjlpEdIgxg2dEjkcEdIgxg2dEjkcEdIgxg2dEjfzIdIgyqEdEjhl2dIgyq\
        EdEjhl2dIgyqEdEjhl2dIgyqEdEjrg2dIgyqEdEjhl2dIgyqEdEjhl2dIgyqEdEjhl2dIgyqEdEjhl2dIgyqEdEjrg2dIgyqEdEjhl2dIgyq\
        EdEjhl2dIgovEdEjrg2dIf6:EdEke82dIfreEdEkox2dIfhjEdElcn2dIeqzEdEbkh2dI.pEdEb6eq2dIb7aEdEbri2dIcowEdEej6b2dIh:\
        8EdEh::2dIijxEdEhwe2dIijxEdEhwe2dIijxEdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIijxEdEhwe2dIijxEdEh::2dIh:\
        8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIijxEdEhwe2dIijxEdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdE
        Africa/Casablanca=0 Africa/El_Aaiun=0|jhsoAdIebkEdEl:,2dIdr7EdElfh2dIejyEdEkox2dIfhjEdEmacUdIdtkAdEbltAdIbzv\
        AdEjhkAdIdcoAdEbp6AdIdnwAdEgysAdId,sAdEbrhAdIdxrAdEgysAdIdmjAdEbrhAdIej6AdEgysAdIdcoAdEbrhAdIe.qAdEgoxAdIcoy\
        AdEb7cAdIfhlAdEgoxAdIce.AdEbrhAdIoe6AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIoe6AdEbrhAdIn6:\
        AdEb7cAdIn6:AdEbrhAdIoe6AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIoe6AdEbrhAdIn6:AdEb7cAdIn6:\
        AdEbrhAdIn6:AdEb7cAdIn6:AdEb7cAdIn6:AdEbrhAdIn6:AdEb7cAdIn6:AdEbrhAdIoe6AdEbrhAdIn6:AdEb7cAdI
        Africa/Ceuta=60 Arctic/Longyearbyen=60 Atlantic/Canary=0 Atlantic/Faeroe=0 Atlantic/Faroe=0 Atlantic/Jan_May\
        en=60 Atlantic/Madeira=0 CET=60 EET=120 Europe/Amsterdam=60 Europe/Andorra=60 Europe/Athens=120 Europe/Belgr\
        ade=60 Europe/Berlin=60 Europe/Bratislava=60 Europe/Brussels=60 Europe/Budapest=60 Europe/Busingen=60 Europe\
        /Copenhagen=60 Europe/Gibraltar=60 Europe/Helsinki=120 Europe/Ljubljana=60 Europe/Luxembourg=60 Europe/Madri\
        d=60 Europe/Malta=60 Europe/Mariehamn=120 Europe/Monaco=60 Europe/Oslo=60 Europe/Paris=60 Europe/Podgorica=6\
        0 Europe/Prague=60 Europe/Rome=60 Europe/San_Marino=60 Europe/Sarajevo=60 Europe/Skopje=60 Europe/Stockholm=\
        60 Europe/Tirane=60 Europe/Vaduz=60 Europe/Vatican=60 Europe/Vienna=60 Europe/Warsaw=60 Europe/Zagreb=60 Eur\
        ope/Zurich=60 MET=60 Poland=60 WET=0|duy2dIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,Ad\
        EijzAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAd\
        EgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAd\
        EgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAd\
        EgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAd\
        EgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAd\
        E
        Africa/Juba=120|fbd8YdIkr6pUdE
        Africa/Khartoum=120|fbd8YdIi.t7UdE
        Africa/Sao_Tome=0|obny2dIqbjAdE
        Africa/Tripoli=60 Libya=60|fm.EdIdg7:EdEift2dIh6oi2dEgdpAdI
        Africa/Tunis=60|fiwEdIgvyAdEhkddAdIgvz2dEhy,2dIjrfAdEgoxAdIjrfAdEgysAdIjhkAdE
        Africa/Windhoek=120|cdvqIdAhlaUdEjhiEdAgyt2dEjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhi\
        EdAgyt2dEjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjrdEdAgyt2dEjhiEdAgyt2dEjhi\
        EdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjrdEdAgoy2dEjrdEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dEjhiEdAgyt2dE
        Antarctica/Casey=480|j.w6YdQgb8MdE6oxUdQfepEdEck8gEdQwgg2dEjhpUdQhcfQdEi66UdQg7gMdEjhkBdQhchLdEi.uVdQhchLdEi\
        .uVdQg,f5dE
        Antarctica/Davis=420|j.w8Uc2gkr2dE6gcEc2fes2dE
        Antarctica/Macquarie=660|dknAdAj7aAdEgysAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEh:,AdAijzAd\
        EhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAgysAdEjhkAdAituAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAd\
        Eh:,AdAh:,AdEhwdAdAituAdEh:,AdAh:,AdEh:,AdAh:,AdEx:6AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,Ad\
        Eh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,Ad\
        Eh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,Ad\
        Eh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdE
        Antarctica/Mawson=360|j.w,QdA
        Antarctica/McMurdo=780 Antarctica/South_Pole=780 NZ=780 NZ-CHAT=825 Pacific/Auckland=780 Pacific/Chatham=825\
        |dkjIdAi.pAdEhcnAdAi.pAdEhcnAdAi.pAdEhmiAdAituAdEhmiAdAituAdEhmiAdAituAdEhmiAdAi.pAdEhcnAdAi.pAdEhcnAdAi.pAd\
        EhmiAdAituAdEhmiAdAituAdEhmiAdAi.pAdEhcnAdAi.pAdEhcnAdAi.pAdEhmiAdAituAdEhmiAdAituAdEhmiAdAituAdEhmiAdAituAd\
        EijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAh:,AdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAd\
        EijzAdAhwdAdEijzAdAh:,AdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEituAdAhwdAdEijzAdAhwdAd\
        EijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAh:,AdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAd\
        EijzAdAh:,AdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAhwdAdEijzAdAh:,AdE
        Antarctica/Troll=0|huqn2dMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxAdMjrfAdEgoxA\
        dMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysA\
        dMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysA\
        dMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgoxAdMjrfAdEgysAdMjhkAdEgysAdMjhkAdEgysAdMjrfAdEgoxA\
        dMjrfAdEgoxAdMjrfAdE
        Antarctica/Vostok=420|cbrw2cImakEdEotqzUc2
        Atlantic/Azores=-60|duy2dIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEeaa2dId:.EdMdr.AdIeobAdEh:,AdIh:,AdEh:,AdIh:,AdEijzA\
        dIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxA\
        dIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysA\
        dIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxA\
        dIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysA\
        dIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Atlantic/Stanley=-180|e8iUdAge.2dEj6,EdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEj6,EdAgoy2dEjr\
        dEdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEjrdEdAgoy2dEjrg2dAge.2dEkezEdAf7c2dEkezEdAge.2dEj6,EdAge.2dEj6,EdAge.2dEj6\
        ,EdAge.2dEj6,EdAge.2dEkezEdAge.2dEj6,EdAge.2dEj6,EdAge.2dE
        Australia/ACT=660 Australia/Canberra=660 Australia/NSW=660 Australia/Sydney=660|cwxAdAkowAdEfrgAdAkowAdEfrgA\
        dAkowAdEf7bAdAkowAdEfrgAdAkowAdEfrgAdAkowAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAgysAdEjhkA\
        dAjrfAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgoxAdAjrfAdEhcnAdAh:,AdEh:,AdAh:,AdEh:,A\
        dAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,A\
        dAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,A\
        dAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,A\
        dAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdE
        Australia/Adelaide=630 Australia/South=630|dkn4dAj7aAdEfrgAdAkowAdEgoxAdAjrfAdEf7bAdAkowAdEge8AdAj7aAdEgoxAd\
        AjrfAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgysAdAjhkAdEgysAd\
        AjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgoxAdAjrfAdEhcnAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,Ad\
        Ah:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,Ad\
        Ah:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,Ad\
        Ah:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,Ad\
        AijzAdE
        Australia/Brisbane=660 Australia/Queensland=660|cwxAdAkowAdEfrgAdAkowAdEfrgAdA
        Australia/Broken_Hill=630 Australia/Yancowinna=630|cwx4dAkowAdEfrgAdAkowAdEfrgAdAkowAdEf7bAdAkowAdEfrgAdAkow\
        AdEfrgAdAkowAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgysAdAjhk\
        AdEgysAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgoxAdAjrfAdEhcnAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijz\
        AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,\
        AdEh:,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,\
        AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,\
        AdEh:,AdAijzAdE
        Australia/Currie=660 Australia/Hobart=660 Australia/Tasmania=660|dknAdAj7aAdEgysAdAijzAdEhwdAdAijzAdEhwdAdAi\
        jzAdEhwdAdAijzAdEhwdAdAijzAdEh:,AdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAgysAdEjhkAdAituAdEhwdAdAi\
        jzAdEhwdAdAijzAdEhwdAdAijzAdEhwdAdAijzAdEh:,AdAh:,AdEhwdAdAituAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh\
        :,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh\
        :,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAi\
        jzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh\
        :,AdEh:,AdAh:,AdEh:,AdAijzAdE
        Australia/Eucla=525|,c8LdIetvAdEhm7wAdIe.qAdEjrfAdIgysAdEjhkAdIgysAdE
        Australia/LHI=660 Australia/Lord_Howe=660|cwvEdCkow4dEfrfCdCkow4dEfrfCdCkow4dEf7aCdCkow4dEfrfCdCkow4dEfrfCdC\
        kow4dEgyrCdCjhk4dEgyrCdCjhk4dEgyrCdCjhk4dEgyrCdCjrf4dEgowCdCgys4dEjhjCdCjrf4dEgyrCdCjhk4dEgyrCdCjhk4dEgyrCdC\
        jrf4dEgowCdCjrf4dEgyrCdCjhk4dEgowCdCjrf4dEhcmCdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCijz4dEh:.CdC\
        h:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCijz4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdC\
        h:,4dEh:.CdCh:,4dEijyCdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCijz4dEh:.CdCh:,4dEh:.CdC\
        h:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCijz4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdCh:,4dEh:.CdC\
        ijz4dE
        Australia/Lindeman=660|cwxAdAkowAdEfrgAdAkowAdEfrgAdAkowAdEf7bAdAkowAdEfrgAdA
        Australia/Melbourne=660 Australia/Victoria=660|dknAdAj7aAdEfrgAdAkowAdEfrgAdAkowAdEf7bAdAkowAdEfrgAdAkowAdEg\
        oxAdAjrfAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjhkAdEgysAdAjrfAdEgoxAdAgysAdEjhkAdAjrfAdEgysAdAjhkAdEgysAdAjhkAdEg\
        ysAdAjrfAdEgoxAdAjrfAdEgysAdAjhkAdEgoxAdAjrfAdEhcnAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh\
        :,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh\
        :,AdAh:,AdEh:,AdAh:,AdEijzAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh\
        :,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh\
        :,AdAijzAdE
        Australia/Perth=480 Australia/West=480|,c.YdIetvAdEhm7wAdIe.qAdEjrfAdIgysAdEjhkAdIgysAdE
        Eire=0 Europe/Belfast=0 Europe/Dublin=0 Europe/Guernsey=0 Europe/Isle_of_Man=0 Europe/Jersey=0 Europe/London\
        =0 GB=0 GB-Eire=0|duy2dIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEhcnAdIjhkAdEgysAdI\
        jhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdI\
        jrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdI\
        jhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdI\
        jhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdI\
        jrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Astrakhan=180|duvEdIijzAdEh:,AdIx:6AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgys\
        AdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgox\
        AdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdEwyp2dI
        Europe/Bucharest=120|duxAdIijzAdEh:6IdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:8EdEh::2dIh:8EdEij62dIjhiEdEgyz\
        QdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgox\
        AdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgys\
        AdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgys\
        AdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgox\
        AdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Chisinau=180 Europe/Tiraspol=180|duvEdIb7aEdEgo6YdAh:,AdEh:,AdAh:6IdEh:8EdAh::2dEh:8EdAh::2dEh:8EdAh:\
        :2dEh:8EdAij62dEjhiEdAgyxUdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgy\
        sAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgy\
        sAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgo\
        xAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgy\
        sAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgo\
        xAdEjrfAdA
        Europe/Kaliningrad=120|duxAdIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEg\
        ysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEg\
        oxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Europe/Kiev=180 Europe/Kyiv=180 Europe/Uzhgorod=180 Europe/Zaporozhye=180|duvEdIejyEdEt:,YdAh:,AdEh:,AdAh:,A\
        dEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEjhl2dAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysA\
        dEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxA\
        dEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysA\
        dEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxA\
        dEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysA\
        dEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdA
        Europe/Kirov=180|duvEdIijzAdEh:,AdIx:6AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgysAdIj\
        hkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIj\
        rfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Europe/Lisbon=0 Portugal=0|duy2dIijzAdEh:,AdIh:,AdEh:,AdIp:8AdMh:,AdIh:,AdMh:,AdIh:,AdMh:,AdIrrdAdEgysAdIjhk\
        AdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrf\
        AdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhk\
        AdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhk\
        AdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrf\
        AdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Minsk=180|7,mAdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAh:,AdEh:,AdAijzAdEjhkAdAgysAdEjhkAdAgysAdEjhkAdAg\
        ysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAg\
        ysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdE
        Europe/Moscow=180 W-SU=180|duvEdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhk\
        AdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrf\
        AdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdE
        Europe/Riga=120|duxAdIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIh:,AdEh::2dIjh\
        kAdEgysAdIjhkAdEgysAdIjrfAdEwotAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjr\
        fAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjr\
        fAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjh\
        kAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjr\
        fAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Samara=180|duvEdIijzAdEq.o2dIhcjIdMh:,AdIh:,AdMh:,AdIh:,AdMh:,AdIh:,AdMh:,AdIijzAdMjhkAdIgysAdMjhkAdI\
        gysAdMjhkAdIgysAdMjrfAdIgoxAdMjrfAdIgoxAdMjrfAdIgysAdMjhkAdIgysAdMjhkAdIgysAdMjrfAdIgoxAdMjrfAdIgoxAdMjrfAdI\
        goxAdMjrfAdIgysAdMjhkAdIgysAdMjhkAdIqjy2dEgoxAdI
        Europe/Saratov=180|duvEdIijzAdEh:,AdIx:6AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgysAd\
        IjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAd\
        IjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdEbb672dI
        Europe/Simferopol=180|h,pEdA7:62dEh:,AdAh:,AdEh:,AdAh:,AdEbrbMdIgo6YdEh:,AdIh:,AdEijvIdIjhpUdEp:.2dAgysAdEjh\
        kAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgoxAdEjr\
        fAdAgysAdEjhkAdAgysAdEjhkAdAgysAdEjrfAdAgoxAdEjrfAdAgoxAdEjrfAdAgysAdEjhkAdAgyqEdIjhgIdE
        Europe/Sofia=120|duxAdIijzAdEh:6IdIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEh::2dIh:8EdEij62dIjhiEdEgyzQdIj\
        hkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIj\
        rfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIj\
        hkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIj\
        hkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIj\
        rfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Tallinn=120|duxAdIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAd\
        IjhkAdEgysAdIjhl2dEgysAdIjrfAdEbgykAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysA\
        dIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxA\
        dIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysA\
        dIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxA\
        dIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Ulyanovsk=180|duvEdIijzAdEp:.2dAe.qAdEdcmEdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgys\
        AdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgox\
        AdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdEwyp2dI
        Europe/Vilnius=120|duxAdIijzAdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAd\
        IjhkAdEp:.2dAgysAdEcajlAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysA\
        dIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysA\
        dIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxA\
        dIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysA\
        dIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdE
        Europe/Volgograd=180|duvEdIijzAdEh:,AdIx:6AdEh:,AdIh:,AdEh:,AdIh:,AdEh:,AdIh:,AdEijzAdIjhkAdEgysAdIjhkAdEgys\
        AdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIjrfAdEgoxAdIjrfAdEgox\
        AdIjrfAdEgysAdIjhkAdEgysAdIjhkAdEgysAdIjrfAdEgoxAdIbzqxEdEcajm2dIbcyjEdE
        Indian/Chagos=300|daizUdI
        Indian/Mauritius=240|jobbIdIgyqEdE
        Kwajalein=-720 Pacific/Kwajalein=-720|b6mgQgE
        Pacific/Apia=-660|km6fUdIiirUdEhwdAdIeifQgIebtQgEh:,AgIijzAgEhwdAgIijzAgEhwdAgIijzAgEhwdAgIijzAgEhwdAgIijzAg\
        EhwdAgIijzAgEh:,AgIijzAgEhwdAgIijzAgEhwdAgIijzAgE
        Pacific/Bougainville=600|mrcmAdI
        Pacific/Efate=720|duaQdAh::2dEh:8EdAij62dEfhjEdAl:,2dEd:.EdA
        Pacific/Enderbury=-660 Pacific/Kanton=-660|cqhbUgE
        Pacific/Fakaofo=-660|lbbbUgE
        Pacific/Fiji=720|enx:IdIfhlAdElcmAdIe.qAdEe8spAdIfhlAdEjhkAdIf7bAdEke7AdId::AdEl:.AdId::AdEmjyAdIdwcEdEmtu2d\
        IdmjAdEmttAdIdmjAdEm.oAdIdcoAdEm.oAdIdcoAdEm.oAdIdcoAdEnhjAdIcytAdEpclAdIbhmAdE
        Pacific/Galapagos=-360|bovzIdIda:EdE
        Pacific/Kiritimati=-600|cqg:YgE
        Pacific/Kosrae=720|eqnuQdA
        Pacific/Norfolk=690|m.mbGdCcajl4dGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGijzAdCh:,AdGh:,AdCh:,AdGh:\
        ,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCijzAdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:\
        ,AdCijzAdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCh:,AdGh:,AdCijzAdG
        Pacific/Noumea=660|do:vEdId::AdE
        Pacific/Pitcairn=-510|efqv4dG
        Pacific/Rarotonga=-570|cxx0dCkow4dEfrfCdC
        Pacific/Tongatapu=780|e8wbMdIhguAdEke7AdIdwcEdEmjz2dIdwcEdEhnfs2dIdcoAdE
        """
}
